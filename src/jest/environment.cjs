const AllureEnvironment = require('allure-jest/node');

/** Allure's environment, in which a claim that `-t` leaves out leaves no result: it was not looked at. */
class ClaimsEnvironment extends AllureEnvironment {
  constructor(...args) {
    super(...args);
    const handle = this.handleTestEvent;
    this.handleTestEvent = (event, state) => (event.name === 'test_skip' ? undefined : handle(event, state));
  }
}

module.exports = ClaimsEnvironment;
