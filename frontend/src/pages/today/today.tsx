import { CalendarCheck, Inbox } from "lucide";
import t from "locale:today";
import { useBoard } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Empty } from "../../parts/ui/empty";
import { useStableList } from "../../parts/data/stable-list";
import { Page } from "../../parts/ui/page";
import { Panel } from "../../parts/ui/panel";
import { dateWords, timeWords } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { AskRow } from "./ask-row";
import { RecordRow, ReviewRow } from "./decision-rows";
import { NewsPanel } from "./news";
import { type Today as TodayOut, useToday } from "./data";
import { ReferenceRow, WantedRow } from "./reference-rows";
import { SignatureRow } from "./signature-row";
import { useTodayKeys } from "./keys";
import { WaitingRow } from "./waiting-row";
import { LoadStatus } from "../../parts/data/load-status";
import "./today.css";

const order = (today: TodayOut) => today.needs_you.map(({ timer }) => timer.id);

/** Today: what needs me, what I wait for, and what changed since my last visit. */
export default function Today() {
  const today = useToday();
  const held = useStableList(today.data, order);
  const keys = useTodayKeys(held.shown);
  const shown = held.shown.value;
  const done = async () => {
    keys.opened.value = null;
    await today.reload();
    held.release();
  };
  return (
    <Page title={t.today} lead={shown && <Lead today={shown} />}>
      <LoadStatus of={today} what={t.couldNotLoad} rows={5} />
      {shown && (
        <>
          <div {...held.containerProps}>
            <Panel
              title={t.needsYou}
              aside={
                held.updates.value > 0 && (
                  <Button small kind="primary" onClick={held.release}>
                    {t.updates({ count: held.updates.value })}
                  </Button>
                )
              }
            >
              <NeedsYou today={shown} keys={keys} done={done} />
            </Panel>
          </div>
          <WaitingFor today={shown} />
          <NewsPanel news={shown.since_you_left} seen={() => void done()} />
        </>
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

interface NeedsYouProps {
  today: TodayOut;
  keys: ReturnType<typeof useTodayKeys>;
  done: () => Promise<void>;
}

function NeedsYou({ today, keys, done }: NeedsYouProps) {
  const { needs_you, signatures, needs_you_total, references_wanted, references_due } = today;
  const { decisions_to_read, reviews_due } = today;
  const decisions = [...decisions_to_read, ...reviews_due];
  const waiting = [needs_you, signatures, decisions, references_wanted, references_due];
  if (waiting.every(({ length }) => length === 0)) return <NothingWaits today={today} />;
  return (
    <ul class="asks" aria-label={t.needsYou}>
      {needs_you.map((line) => (
        <AskRow key={line.timer.id} line={line} today={today} keys={keys} done={done} />
      ))}
      {signatures.map((owed) => (
        <SignatureRow key={owed.version} owed={owed} done={done} />
      ))}
      {decisions_to_read.map((made) => (
        <RecordRow key={made.decision.id} made={made} done={done} />
      ))}
      {reviews_due.map((made) => (
        <ReviewRow key={`review ${made.decision.id}`} made={made} now={today.now.local} />
      ))}
      {references_due.map((reference) => (
        <ReferenceRow key={reference.id} reference={reference} />
      ))}
      {references_wanted.map((wanted) => (
        <WantedRow key={wanted.subject_id} wanted={wanted} done={done} />
      ))}
      {needs_you_total > needs_you.length && (
        <li class="more">{t.moreDueLater({ count: needs_you_total - needs_you.length })}</li>
      )}
    </ul>
  );
}

function NothingWaits({ today }: { today: TodayOut }) {
  const next = today.next_first_check;
  return (
    <Empty icon={CalendarCheck} title={t.allCaughtUp}>
      {next && t.youStart({ when: timeWords(next.local, today.now.local) })}
    </Empty>
  );
}

function WaitingFor({ today }: { today: TodayOut }) {
  const { waiting_for, waiting_for_total } = today;
  const more = waiting_for_total - waiting_for.length;
  return (
    <Panel title={t.waitingForOthers}>
      {waiting_for.length === 0 && (
        <Empty icon={Inbox} title={t.waitingOnNoOne}>
          {t.askedStayHere}
        </Empty>
      )}
      <ul class="asks" aria-label={t.waitingForOthers}>
        {waiting_for.map((line) => (
          <WaitingRow key={line.timer.id} line={line} today={today} />
        ))}
        {more > 0 && <li class="more">{t.moreDueLater({ count: more })}</li>}
      </ul>
    </Panel>
  );
}
