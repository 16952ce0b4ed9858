/** Text as the server rendered and sanitised it; nothing else may be given here. */
export function Rendered({ html }: { html: string }) {
  return <div class="rendered" dangerouslySetInnerHTML={{ __html: html }} />;
}
