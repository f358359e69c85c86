/** Chromium without a window, spoken to through two pipes: no port, no package. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--window-size=1400,1400',
  '--remote-debugging-pipe',
];

/** A page that is looked at. */
export interface Page {
  /** Opens an address and waits until the page has loaded. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page, as JSON has it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until an expression is true in the page; throws after ten seconds. */
  until(expression: string): Promise<void>;
  /** A picture of the page as PNG. */
  picture(): Promise<Buffer>;
  /** Every address that was asked for since the page was made, blocked or not. */
  readonly requests: readonly string[];
  /** What the browser complained of: errors of scripts, requests that a policy forbade. */
  readonly complaints: readonly string[];
}

/** The little of the browser's answers and events that is read here. */
interface Answer {
  readonly targetId?: string;
  readonly sessionId?: string;
  readonly data?: string;
  readonly result?: { readonly value: unknown };
  readonly request?: { readonly url: string };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
  readonly entry?: { readonly level: string; readonly text: string };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

/** Starts the browser, hands a page to `look`, and ends the browser. */
export async function withPage<T>(look: (page: Page) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'assay-chromium-'));
  const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own, so that its helpers, which still write to the profile, end with it.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${path} cannot be started: ${error.message}`)));
    child.once('exit', (status) => reject(new Error(`${path} ended early, with status ${status}`)));
  });
  failed.catch(() => undefined);
  try {
    const connection = connect(child.stdio[3] as Writable, child.stdio[4] as Readable);
    return await Promise.race([pageOf(connection).then(look), failed]);
  } finally {
    end(child.pid);
    if (child.pid !== undefined) await ended;
    removed(profile);
  }
}

/** Ends the browser and its helpers, as far as they still run. */
function end(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A profile that something still holds on to is left to whoever cleans the folder of temporary files. */
function removed(profile: string): void {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  } catch {
    // What was looked at in the browser does not depend on it.
  }
}

interface Connection {
  send(method: string, params?: object, sessionId?: string): Promise<Answer>;
  onEvent(listener: (method: string, params: Answer) => void): void;
}

function connect(to: Writable, from: Readable): Connection {
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((method: string, params: Answer) => void)[] = [];
  let [last, rest] = [0, Buffer.alloc(0)];
  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = JSON.parse(rest.toString('utf8', 0, end)) as Message;
      rest = rest.subarray(end + 1);
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else for (const listener of listeners) listener(message.method!, message.params!);
    }
  });
  return {
    onEvent: (listener) => void listeners.push(listener),
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, ({ error, result }) => (error ? reject(new Error(error.message)) : resolve(result!)));
        to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
  };
}

async function pageOf({ send, onEvent }: Connection): Promise<Page> {
  const [requests, complaints]: [string[], string[]] = [[], []];
  let loads = 0;
  onEvent((method, { request, exceptionDetails, entry }) => {
    if (method === 'Network.requestWillBeSent') requests.push(request!.url);
    if (method === 'Page.loadEventFired') loads++;
    if (method === 'Runtime.exceptionThrown')
      complaints.push(exceptionDetails?.exception?.description ?? 'a script failed');
    if (method === 'Log.entryAdded' && entry?.level === 'error') complaints.push(entry.text);
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, params: object = {}): Promise<Answer> => send(method, params, sessionId);
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await ask(`${domain}.enable`);
  const evaluate = async <T>(expression: string): Promise<T> =>
    (await ask('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result!.value as T;
  return {
    requests,
    complaints,
    evaluate,
    open: async (url) => {
      const before = loads;
      await ask('Page.navigate', { url });
      await waitFor(`${url} to load`, async () => loads > before);
    },
    until: (expression) => waitFor(expression, async () => (await evaluate(expression)) === true),
    picture: async () => Buffer.from((await ask('Page.captureScreenshot', { format: 'png' })).data!, 'base64'),
  };
}

async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ten seconds for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
