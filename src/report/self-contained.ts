/** An HTML page that is not what the report is expected to be: looked at before anyone opens it. */
export class ForeignContent extends Error {
  override readonly name = 'ForeignContent';
}

/** What the browser may load for the page: what is in the page. The rest of the world it refuses, whatever asks. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' data: blob:",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  'media-src data: blob:',
  'connect-src data: blob:',
  'frame-src data: blob:',
  'worker-src blob:',
  "form-action 'none'",
].join('; ');

const META = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/** The tag that Allure puts into every page, and that none of its settings leaves out: a script and its call. */
const ANALYTICS =
  /<script\b[^>]*\bsrc="https:\/\/www\.googletagmanager\.com\/[^"]*"[^>]*><\/script>\s*<script>\s*window\.dataLayer\b[^]*?<\/script>\s*/g;

/**
 * A page in a single file, without its analytics tag and with a policy that keeps browsers from loading anything that is
 * not in it. Throws {@link ForeignContent} when something is left that would be loaded from elsewhere.
 */
export function selfContained(page: string): string {
  const stripped = page.replace(ANALYTICS, '');
  const foreign = foreignContent(stripped);
  if (foreign.length > 0) {
    throw new ForeignContent(
      `the report would load what is not in it: ${foreign.join(', ')}. Has the version of allure changed? See src/report/self-contained.ts`,
    );
  }
  if (!stripped.includes('<head>')) throw new ForeignContent('the report has no <head> to put its policy into');
  return stripped.replace('<head>', `<head>\n    ${META}`);
}

/** What a page in a single file loads from outside it, and what reports to someone: nothing, if all is well. */
export function foreignContent(page: string): readonly string[] {
  const loaded = [...page.matchAll(LOADING_TAG)].flatMap(([tag]) =>
    [...tag.matchAll(LOADED)].map(([, , url]) => url!).filter((url) => !/^(data:|blob:|#)/.test(url)),
  );
  const styles = [...page.matchAll(STYLE)].flatMap(([text]) =>
    [...text.matchAll(/@import[^;]*|url\((?!["']?(data:|#))[^)]*\)/g)].map(([found]) => found),
  );
  const watching = ['googletagmanager', 'google-analytics', 'gtag('].filter((word) => page.includes(word));
  return [...loaded, ...styles, ...watching];
}

const LOADING_TAG = /<(script|link|img|iframe|frame|embed|object|source|video|audio|track|base|input)\b(?:\s[^>]*)?>/g;
const LOADED = /\s(src|href|srcset|data)=["']([^"']+)["']/g;
const STYLE = /<style\b[^]*?<\/style>/g;
