import type { ComponentType } from "preact";
import { AccountSection } from "./account";
import { AppearanceSection } from "./appearance";
import { FailedJobsSection } from "./failed-jobs";
import { FocusSection } from "./focus";
import { HoursSection } from "./hours";
import { InvitesSection } from "./invites";
import { KeysSection } from "./keys";
import { MembersSection } from "./members";
import { SlackSection } from "./slack";
import { TimeOffSection } from "./time-off";
import { TokensSection } from "./tokens";
import { UsageSection } from "./usage";
import { WorkspaceSection } from "./workspace";
import { Sessions } from "../account/sessions";

export interface Section {
  /** In its address. */
  slug: string;
  name: string;
  show: ComponentType;
  adminsOnly?: boolean;
}

export const SECTIONS: readonly Section[] = [
  { slug: "hours", name: "My hours", show: HoursSection },
  { slug: "time-off", name: "Time off", show: TimeOffSection },
  { slug: "focus", name: "Focus", show: FocusSection },
  { slug: "account", name: "Account", show: AccountSection },
  { slug: "sessions", name: "Sessions", show: Sessions },
  { slug: "tokens", name: "Tokens", show: TokensSection },
  { slug: "usage", name: "Usage", show: UsageSection },
  { slug: "appearance", name: "Appearance", show: AppearanceSection },
  { slug: "keys", name: "Keys", show: KeysSection },
  { slug: "members", name: "Members", show: MembersSection, adminsOnly: true },
  { slug: "invites", name: "Invites", show: InvitesSection, adminsOnly: true },
  { slug: "workspace", name: "Workspace", show: WorkspaceSection, adminsOnly: true },
  { slug: "slack", name: "Slack", show: SlackSection, adminsOnly: true },
  { slug: "failed-jobs", name: "Failed jobs", show: FailedJobsSection, adminsOnly: true },
];
