import type { ComponentChildren } from "preact";
import common from "locale:common";
import { Notice } from "../ui/notice";
import "./text-edit.css";

/** Shows what someone else wrote while I typed. Its buttons say which version stays. */
export function ConflictNotice({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <Notice kind="warn" lines={[common.changedWhileTyping]}>
      <blockquote class="their-version">{text || common.emptyText}</blockquote>
      {children}
    </Notice>
  );
}
