import type { ComponentChildren } from "preact";
import { Notice } from "../ui/notice";
import "./text-edit.css";

/** Shows what someone else wrote while I typed. Its buttons say which version stays. */
export function ConflictNotice({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <Notice kind="warn" lines={["Somebody changed this while you typed. It now says:"]}>
      <blockquote class="their-version">{text || "Nothing"}</blockquote>
      {children}
    </Notice>
  );
}
