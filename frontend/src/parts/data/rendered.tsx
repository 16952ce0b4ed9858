import { useWorkspace } from "../../live/workspace";
import { namesReferences, withReferences } from "./reference-links";

/** Shows HTML that the server rendered and sanitised. Pass no other HTML. */
export function Rendered({ html }: { html: string }) {
  return namesReferences(html) ? <Linked html={html} /> : <Shown html={html} />;
}

function Linked({ html }: { html: string }) {
  const here = useWorkspace();
  const isGuest = here.live.board.peek()?.me.role === "guest";
  const all = here.live.list("references").value;
  const at = isGuest ? null : (path: string) => here.pageUrl(path);
  return <Shown html={withReferences(html, () => all.values(), at)} />;
}

function Shown({ html }: { html: string }) {
  return <div class="rendered" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
