import type { ComponentType } from "preact";
import common from "locale:common";
import t from "locale:settings";
import { AccountSection } from "./account";
import { AppearanceSection } from "./appearance";
import { FailedJobsSection } from "./failed-jobs";
import { FocusSection } from "./focus";
import { HoursSection } from "./hours";
import { InvitesSection } from "./invites";
import { KeysSection } from "./keys";
import { MembersSection } from "./members";
import { NotificationsSection } from "./notifications";
import { SlackSection } from "./slack";
import { TimeOffSection } from "./time-off";
import { TokensSection } from "./tokens";
import { UsageSection } from "./usage";
import { ClearWritingSection } from "./clear-writing";
import { WorkspaceSection } from "./workspace";
import { Sessions } from "../account/sessions";

export interface Section {
  /** In its address. */
  slug: string;
  name: () => string;
  show: ComponentType;
  adminsOnly?: boolean;
}

export const SECTIONS: readonly Section[] = [
  { slug: "hours", name: () => t.workingHours, show: HoursSection },
  { slug: "time-off", name: () => t.timeOff, show: TimeOffSection },
  { slug: "focus", name: () => t.focusTime, show: FocusSection },
  { slug: "notifications", name: () => common.notifications, show: NotificationsSection },
  { slug: "account", name: () => t.account, show: AccountSection },
  { slug: "sessions", name: () => t.sessions, show: Sessions },
  { slug: "tokens", name: () => t.tokens, show: TokensSection },
  { slug: "usage", name: () => t.usage, show: UsageSection },
  { slug: "appearance", name: () => t.appearance, show: AppearanceSection },
  { slug: "keys", name: () => t.keyboard, show: KeysSection },
  { slug: "members", name: () => t.members, show: MembersSection, adminsOnly: true },
  { slug: "invites", name: () => t.invites, show: InvitesSection, adminsOnly: true },
  { slug: "workspace", name: () => t.workspace, show: WorkspaceSection, adminsOnly: true },
  { slug: "clear-writing", name: () => t.clearWriting, show: ClearWritingSection, adminsOnly: true },
  { slug: "slack", name: () => t.slack, show: SlackSection, adminsOnly: true },
  { slug: "failed-jobs", name: () => t.failedJobs, show: FailedJobsSection, adminsOnly: true },
];
