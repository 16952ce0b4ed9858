import { CalendarCheck, CheckCheck } from "lucide";
import { useMemo } from "preact/hooks";
import type { ComponentChildren } from "preact";
import t from "locale:today";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { isSnoozed } from "../../live/inbox";
import { useBoard, useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { LoadStatus } from "../../parts/data/load-status";
import { useStableList } from "../../parts/data/stable-list";
import { useAway } from "../../parts/notices/away";
import { AwayLine } from "../../parts/notices/away-line";
import { readAll } from "../../parts/notices/requests";
import { dateWords, timeWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { useAction } from "../../parts/ui/action";
import { Button } from "../../parts/ui/button";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { Page } from "../../parts/ui/page";
import { Panel } from "../../parts/ui/panel";
import { NoticeActs } from "./acts";
import { AskRow } from "./ask-row";
import { type Today as TodayOut, useInbox, useToday } from "./data";
import { RecordRow, ReviewRow } from "./decision-rows";
import type { Desk } from "./desk";
import { useTodayKeys } from "./keys";
import { NewsRow } from "./news";
import { AnsweredRow, SnoozedRow, ToldRow } from "./notice-rows";
import { ReferenceRow, WantedRow } from "./reference-rows";
import { isCaughtUp, rowsOf, rowsOfNeeds, type Sections } from "./sections";
import { useSections } from "./shown";
import { SignatureRow } from "./signature-row";
import { TaskRow } from "./task-rows";
import { WaitingRow } from "./waiting-row";
import "./today.css";

const MOST_TASKS = 8;

const order = (sections: Sections) => rowsOf(sections).map(({ id }) => id);

/** Today: what needs me, what I was answered, what I wait for, my tasks, and what else is new. */
export default function Today() {
  const here = useWorkspace();
  const isOff = useAway();
  const today = useToday();
  const inbox = useInbox();
  const held = useStableList(useSections(today, inbox), order);
  const { release } = held;
  const acts = useMemo(() => {
    const settled = async () => {
      await inbox.reload();
      release();
    };
    return new NoticeActs(here, settled);
    // What reloads and releases stays the same while the page is shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [here]);
  const keys = useTodayKeys(held.shown, acts);
  const shown = held.shown.value;
  const done = async () => {
    keys.opened.value = null;
    await Promise.all([today.reload(), inbox.reload()]);
    release();
  };
  return (
    <Page
      title={t.today}
      lead={shown && <Lead today={shown.today} />}
      aside={shown && <ReadAll sections={shown} done={done} />}
    >
      <LoadStatus of={today} what={t.couldNotLoad} rows={5} />
      <RequestError of={inbox} />
      {isOff && (
        <section class="away-strip" aria-label={t.away}>
          <AwayLine />
        </section>
      )}
      {shown && (
        <div class="today" {...held.containerProps}>
          {held.updates.value > 0 && (
            <div class="today-updates">
              <Button small kind="primary" onClick={release}>
                {t.updates({ count: held.updates.value })}
              </Button>
            </div>
          )}
          <AllSections sections={shown} desk={{ today: shown.today, keys, acts, done }} />
        </div>
      )}
    </Page>
  );
}

function Lead({ today }: { today: TodayOut }) {
  const board = useBoard();
  const zone = board.calendars.get(board.me.member_id)?.zone ?? board.workspace.reference_zone;
  const { local } = today.now;
  const day = { date: dateWords(local.slice(0, 10)), city: zoneName(zone) };
  const next = today.is_working ? null : today.next_first_check;
  return (
    <>
      {next ? t.dayZoneAndStart({ ...day, when: timeWords(next.local, local) }) : t.dayAndZone(day)}
    </>
  );
}

interface ReadAllProps {
  sections: Sections;
  done: () => Promise<void>;
}

/** Marks what is shown as read, and what others did as seen. */
function ReadAll({ sections, done }: ReadAllProps) {
  const here = useWorkspace();
  const action = useAction();
  const notices = here.live.list("notices").value;
  const { news, today } = sections;
  const hasUnread = [...notices.values()].some(
    (notice) => notice.read_at === null && !isSnoozed(notice, minute.value),
  );
  if (!hasUnread && news.length === 0 && sections.told.length === 0) return null;
  const read = async () => {
    const seq = today.since_you_left.seq;
    await Promise.all([readAll(here, seq), look(here, seq)]);
    await done();
  };
  return (
    <div>
      <Button small icon={CheckCheck} onClick={() => action.run(read)}>
        {t.markAllAsRead}
      </Button>
      <RequestError of={action} />
    </div>
  );
}

async function look(here: WorkspaceHere, seq: number): Promise<void> {
  const path = "/api/workspaces/{workspace}/today/looked";
  await answer(api.PUT(path, { params: here.pathParams(), body: { seq } }));
}

interface SectionsProps {
  sections: Sections;
  desk: Desk;
}

/** Each section is there only when it has something. */
function AllSections({ sections, desk }: SectionsProps) {
  const { today, answered, told, news } = sections;
  const more = today.since_you_left.lines_total - today.since_you_left.lines.length;
  return (
    <>
      {isCaughtUp(sections) && <CaughtUp today={today} />}
      <Part title={t.needsYou} count={rowsOfNeeds(sections.needs).length}>
        <NeedsYou sections={sections} desk={desk} />
      </Part>
      <Part title={t.answered} count={answered.length}>
        {answered.map((notice) => (
          <AnsweredRow key={notice.id} notice={notice} desk={desk} />
        ))}
      </Part>
      <WaitingOn today={today} desk={desk} />
      <MyTasks sections={sections} desk={desk} />
      <Part title={t.sinceLastVisit} count={told.length + news.length}>
        {told.map((notice) => (
          <ToldRow key={notice.id} notice={notice} desk={desk} />
        ))}
        {news.map((line) => (
          <NewsRow key={newsKey(line)} line={line} desk={desk} />
        ))}
        {more > 0 && <li class="more">{t.andMore({ count: more })}</li>}
      </Part>
      <Snoozed sections={sections} desk={desk} />
    </>
  );
}

const newsKey = ({ topic, project }: Sections["news"][number]) =>
  topic?.id ?? project?.key ?? "workspace";

interface PartProps {
  title: string;
  count: number;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

function Part({ title, count, aside, children }: PartProps) {
  if (count === 0) return null;
  return (
    <Panel title={title} aside={aside}>
      <ul class="asks" aria-label={title}>
        {children}
      </ul>
    </Panel>
  );
}

function NeedsYou({ sections: { needs, today }, desk }: SectionsProps) {
  const more = today.needs_you_total - today.needs_you.length;
  return (
    <>
      {needs.needs_you.map((line) => (
        <AskRow key={line.timer.id} line={line} desk={desk} />
      ))}
      {needs.signatures.map((owed) => (
        <SignatureRow key={owed.version} owed={owed} desk={desk} />
      ))}
      {needs.decisions_to_read.map((made) => (
        <RecordRow key={made.decision.id} made={made} desk={desk} />
      ))}
      {needs.reviews_due.map((made) => (
        <ReviewRow key={`review ${made.decision.id}`} made={made} desk={desk} />
      ))}
      {needs.references_due.map((reference) => (
        <ReferenceRow key={reference.id} reference={reference} desk={desk} />
      ))}
      {needs.references_wanted.map((wanted) => (
        <WantedRow key={wanted.subject_id} wanted={wanted} desk={desk} />
      ))}
      {more > 0 && <li class="more">{t.moreDueLater({ count: more })}</li>}
    </>
  );
}

function CaughtUp({ today }: { today: TodayOut }) {
  const next = today.next_first_check;
  return (
    <Empty icon={CalendarCheck} title={t.allCaughtUp}>
      {next && t.youStart({ when: timeWords(next.local, today.now.local) })}
    </Empty>
  );
}

function WaitingOn({ today, desk }: { today: TodayOut; desk: Desk }) {
  const { waiting_for, waiting_for_total } = today;
  const more = waiting_for_total - waiting_for.length;
  return (
    <Part title={t.waitingOn} count={waiting_for.length}>
      {waiting_for.map((line) => (
        <WaitingRow key={line.timer.id} line={line} desk={desk} />
      ))}
      {more > 0 && <li class="more">{t.moreDueLater({ count: more })}</li>}
    </Part>
  );
}

function MyTasks({ sections: { tasks }, desk }: SectionsProps) {
  const here = useWorkspace();
  const me = here.live.board.peek()?.me.member_id ?? "";
  const more = tasks.length - MOST_TASKS;
  return (
    <Part title={t.myTasks} count={tasks.length}>
      {tasks.slice(0, MOST_TASKS).map((task) => (
        <TaskRow key={task.id} task={task} desk={desk} />
      ))}
      {more > 0 && (
        <li class="more">
          <a href={here.pageUrl(`/board?assignee=${me}`)}>{t.moreOnBoard({ count: more })}</a>
        </li>
      )}
    </Part>
  );
}

function Snoozed({ sections: { snoozed }, desk }: SectionsProps) {
  if (snoozed.length === 0) return null;
  return (
    <details class="panel fold">
      <summary>{t.snoozedCount({ count: snoozed.length })}</summary>
      <ul class="asks" aria-label={t.snoozed}>
        {snoozed.map((notice) => (
          <SnoozedRow key={notice.id} notice={notice} desk={desk} />
        ))}
      </ul>
    </details>
  );
}
