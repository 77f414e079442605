import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';

/**
 * A page that needs nothing from outside: its style is inside, no script runs, and the policy lets nothing else in.
 * @param style CSS of the page; fixed text of ours, never a value
 */
export function selfContainedPage({
  title,
  style,
  body,
}: {
  title: string;
  style: string;
  body: Html;
}): string {
  const fingerprint = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${fingerprint}'; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}
