import { BookCheck, CircleCheck } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useCommands } from "../../keys/commands";
import { useMe, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { LocalTime } from "../../parts/time/when";
import { useAction } from "../../parts/ui/action";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Rendered } from "../../parts/data/rendered";
import { dateWords, localDate } from "../../parts/time/times";
import { list } from "../../text/format";
import { toast } from "../../parts/ui/toast";
import { Figures } from "./figures";
import type { DecisionProps } from "./data";
import { UnusedOutcome } from "./unused-outcome";
import "./answers.css";
import { strong } from "../../parts/ui/tags";

/** What was decided and why, what that took, and who has read it. */
export function Record({ decision }: DecisionProps) {
  if (decision.status !== "decided") return null;
  return (
    <>
      <UnusedOutcome decision={decision} />
      <ConfirmRead decision={decision} />
      <Decided decision={decision} />
      <Figures decision={decision} />
      <Sections decision={decision} />
    </>
  );
}

const READ = "/api/workspaces/{workspace}/decisions/{key}/read";

/** Asks a stakeholder to confirm that they have read the record, until they do. */
function ConfirmRead({ decision }: DecisionProps) {
  const here = useWorkspace();
  const me = useMe();
  const action = useAction();
  const mine = decision.stakeholders.find(({ member_id }) => member_id === me.id);
  const isAsked = mine !== undefined && !mine.has_read;
  const confirm = () =>
    action.run(async () => {
      await answer(api.PUT(READ, { params: here.pathParams({ key: decision.key }) }));
      toast(t.markedAsRead({ key: decision.key }));
    });
  useCommands(
    isAsked ? [{ name: t.markAsRead, keys: ["a"], group: t.decision, run: confirm }] : [],
  );
  if (!isAsked) return null;
  const name = here.live.one("members", decision.decided_by ?? "").value?.name ?? "none";
  return (
    <div class="call-to-action">
      <p>{t.confirmRead({ name, b: strong })}</p>
      <Button kind="primary" icon={BookCheck} onClick={confirm}>
        {t.markAsRead}
      </Button>
      <RequestError of={action} />
    </div>
  );
}

function Decided({ decision }: DecisionProps) {
  const chosen = decision.options.find(({ is_chosen }) => is_chosen);
  return (
    <Section id="outcome" title={t.outcome} aside={<DecidedBy decision={decision} />}>
      <div class="panel panel-body outcome">
        {chosen && (
          <p class="outcome-chosen">
            <Chip tone="good" icon={CircleCheck}>
              {t.decided}
            </Chip>
            <strong>{chosen.title}</strong>
          </p>
        )}
        {decision.outcome && <Rendered html={decision.html.outcome} />}
        {decision.rationale && (
          <>
            <h3>{t.why}</h3>
            <Rendered html={decision.html.rationale} />
          </>
        )}
      </div>
      <WhoRead decision={decision} />
    </Section>
  );
}

function DecidedBy({ decision }: DecisionProps) {
  const { live } = useWorkspace();
  const { decided_by, decided_at, decided_local, decided_on, source_status } = decision;
  const name = live.one("members", decided_by ?? "").value?.name ?? t.decided;
  const today = localDate(minute.value);
  const imported = decided_on ? t.decidedOnDate({ date: dateWords(decided_on, today) }) : name;
  return (
    <span class="quiet">
      {decided_at && decided_local
        ? t.decidedByAt({ name, time: <LocalTime at={decided_at} local={decided_local} /> })
        : imported}
      {source_status && ` · ${t.statusInSource({ status: source_status })}`}
    </span>
  );
}

/** Who has confirmed that they have read it, and who not yet. Guests are not told. */
function WhoRead({ decision: { stakeholders } }: DecisionProps) {
  const { live } = useWorkspace();
  const me = useMe();
  if (stakeholders.length === 0 || me.role === "guest") return null;
  const unread = stakeholders.filter(({ has_read }) => !has_read);
  const names = unread.map(
    ({ member_id }) => live.one("members", member_id).value?.name ?? common.someoneInSentence,
  );
  const total = stakeholders.length;
  return (
    <p class="quiet">
      {unread.length === 0
        ? t.allRead
        : t.someRead({ count: total - unread.length, total, names: list(names) })}
    </p>
  );
}

/** What an imported record holds besides. */
function Sections({ decision: { sections } }: DecisionProps) {
  return sections.map(({ title, html }, index) => (
    <Section key={index} id={`section-${index}`} title={title}>
      <Rendered html={html} />
    </Section>
  ));
}
