import t from "locale:conversation";
import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { saveOverOthers } from "../../live/save";
import { TextEdit } from "../form/text-edit";
import { toast } from "../ui/toast";
import { MOST_MENTIONS } from "./ask-preview";
import { handlesIn } from "./mentions";
import type { Message, MessageList } from "./message-list";
import { unreachedWords } from "./unreached";

interface Props {
  message: Message;
  list: MessageList;
  close: () => void;
}

const ONE = "/api/workspaces/{workspace}/messages/{message_id}";

/**
 * Edits my message. People mentioned in the new text are asked; those no longer mentioned are not.
 */
export function MessageEdit({ message, list, close }: Props) {
  const here = useWorkspace();
  const isDirect = here.live.one("topics", message.topic_id).value?.kind === "direct";
  const begun = useRef(message).current;
  const params = here.pathParams({ message_id: message.id });
  const send = (body: string, over?: Message) =>
    saveOverOthers({
      base: over ?? begun,
      fields: ["body"],
      read: () => answer(api.GET(ONE, { params })),
      send: async (rev) => {
        const edited = await answer(
          api.PATCH(ONE, {
            params: { ...params, header: ifMatch(rev) },
            body: { body, kept_as_text: handlesIn(body).slice(0, MOST_MENTIONS) },
          }),
        );
        list.put(edited);
        for (const mention of edited.unreached) toast(unreachedWords(mention, isDirect));
        return edited;
      },
    });
  return (
    <TextEdit
      label={t.message}
      field={`edit:${message.id}`}
      initial={begun.body}
      save={send}
      textIn={({ body }: Message) => body}
      close={close}
    />
  );
}
