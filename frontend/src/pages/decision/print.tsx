import { Copy, Download, Ellipsis, Printer } from "lucide";
import t from "locale:decision";
import { useWorkspace } from "../../live/workspace";
import { copyText } from "../../parts/ui/clipboard";
import { Icon } from "../../parts/ui/icon";
import { Menu, type MenuItem } from "../../parts/ui/menu";
import { toast } from "../../parts/ui/toast";
import type { DecisionProps } from "./data";
import "./print.css";

/** Exports the decision: as Markdown, or on paper. */
export function ExportActions({ decision, more = [] }: DecisionProps & { more?: readonly MenuItem[] }) {
  const here = useWorkspace();
  const file = `/api/workspaces/${here.slug}/decisions/${decision.key}/madr`;
  const items = [
    { name: t.copyMarkdown, icon: Copy, run: () => void copy(file) },
    { name: t.downloadMarkdown, icon: Download, href: file },
    { name: t.print, icon: Printer, run: () => print() },
    ...more,
  ];
  return (
    <Menu class="icon-button" label={t.decision} title={t.moreActions({ key: decision.key })} items={items}>
      <Icon of={Ellipsis} />
    </Menu>
  );
}

async function copy(file: string): Promise<void> {
  try {
    const answered = await fetch(file);
    if (!answered.ok) throw new Error(`the server answered ${answered.status}`);
    await copyText(await answered.text());
    toast(t.copiedMarkdown);
  } catch {
    toast(t.couldNotCopy, { kind: "bad" });
  }
}
