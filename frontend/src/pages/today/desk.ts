import type { NoticeActs } from "./acts";
import type { Today } from "./data";
import type { TodayKeys } from "./keys";

/** What every row of Today needs from its page. */
export interface Desk {
  today: Today;
  keys: TodayKeys;
  acts: NoticeActs;
  /** Closes what is open below a row, and shows the rows as they are now. */
  done: () => Promise<void>;
}
