import common from "locale:common";
import type { Member } from "../../live/documents";
import type { Option } from "../ui/picker";
import { Avatar } from "./avatar";

/** A person in a picker, found by name and handle. */
export const memberOption = (member: Member): Option => ({
  value: member.id,
  name: member.name,
  words: member.handle,
  mark: <Avatar of={member} />,
});

/** The option for no one. */
export const NOBODY: Option = {
  value: "none",
  get name() {
    return common.noOne;
  },
};
