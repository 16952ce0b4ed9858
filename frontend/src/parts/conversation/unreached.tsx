import t from "locale:conversation";
import type { Preview } from "./ask-preview";

export type Unreached = Preview["unreached"][number];

interface Props {
  unreached: readonly Unreached[];
  /** Whether the message is for a direct conversation. */
  isDirect: boolean;
}

/** The mentions that ask no one, each with the reason. */
export function UnreachedMentions({ unreached, isDirect }: Props) {
  return (
    <div role="status">
      {unreached.map((mention) => (
        <p key={mention.handle} class="quiet unreached">
          {unreachedWords(mention, isDirect)}
        </p>
      ))}
    </div>
  );
}

/** `@kenji can’t see this project, so they won’t be asked.` */
export function unreachedWords({ handle, reason }: Unreached, isDirect: boolean): string {
  const place = isDirect ? "direct" : "project";
  return t.unreached({ mention: `@${handle}`, reason, place });
}
