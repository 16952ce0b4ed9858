import t from "locale:conversation";
import { File, X } from "lucide";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { sizeWords } from "./file-size";
import "./attachments.css";

export type Attachment = components["schemas"]["AttachmentOut"];

interface Props {
  attachments: readonly Attachment[];
  remove?: (attachment: Attachment) => void;
}

/** A list of files. Pictures are shown, others can be downloaded. */
export function AttachmentList({ attachments, remove }: Props) {
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t.files}>
      {attachments.map((attachment) => (
        <li key={attachment.id} class={attachment.is_picture ? "attachment picture" : "attachment"}>
          <AttachmentLink attachment={attachment} />
          {remove && (
            <IconButton
              icon={X}
              label={t.removeFile({ name: attachment.name })}
              onClick={() => remove(attachment)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function AttachmentLink({ attachment }: { attachment: Attachment }) {
  const { slug } = useWorkspace();
  const { id, name, size, is_picture } = attachment;
  const content = `/api/workspaces/${slug}/attachments/${id}/content`;
  const words = (
    <>
      <span class="ellipsis">{name}</span>
      <span class="quiet size">{sizeWords(size)}</span>
    </>
  );
  if (is_picture) {
    return (
      <a href={content} target="_blank" rel="noopener" title={`${name}, ${sizeWords(size)}`}>
        <img src={content} alt={name} loading="lazy" />
      </a>
    );
  }
  return (
    <a href={content} download={name}>
      <Icon of={File} />
      {words}
    </a>
  );
}
