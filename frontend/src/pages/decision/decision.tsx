import { Check } from "lucide";
import type { ComponentChildren } from "preact";
import t from "locale:decision";
import { useBoard, useMe, useWorkspace } from "../../live/workspace";
import { Chip } from "../../parts/ui/chip";
import { WithSidebar } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { NotFound } from "../not-found";
import { Discussion } from "./discussion";
import { canEditDecision, type OnSaved, useChange, useRename, useSend } from "./change";
import { Extend } from "./extend";
import { Extensions } from "./extensions";
import { DecisionFacts } from "./facts";
import { DecisionHistory } from "./history";
import { MyInput } from "./input";
import { Inputs } from "./inputs";
import { Outcome } from "./outcome";
import { ExportActions } from "./print";
import { Draft, Proposal } from "./proposal";
import { type DecisionProps, useDecision, type WholeDecision } from "./data";
import { Record } from "./record";
import { Relations, Superseded } from "./relations";
import { Review } from "./review";
import { decisionStatus, stepOf, STEPS, stepWords } from "../../parts/data/decision-status";
import { Tasks } from "./tasks";
import { Withdraw, Withdrawn } from "./withdraw";
import { LoadStatus } from "../../parts/data/load-status";
import "./decision.css";

const GONE = 404;

/** One decision: what is proposed, who says what to it, what was decided, and the record of it. */
export default function Decision({ values }: { values: Record<string, string> }) {
  const key = (values["key"] ?? "").toUpperCase();
  const whole = useDecision(key);
  const decision = whole.data.value;
  const saved = (newer: WholeDecision) => {
    if (newer.rev >= (whole.data.peek()?.rev ?? 0)) whole.put(newer);
  };
  if (whole.problem.value?.status === GONE) return <NotFound />;
  if (decision) {
    return (
      <DecisionPage decision={decision} saved={saved}>
        <RequestError of={whole} />
      </DecisionPage>
    );
  }
  return (
    <Page title={key}>
      <LoadStatus of={whole} rows={6} />
    </Page>
  );
}

interface PageProps extends DecisionProps {
  saved: OnSaved;
  children: ComponentChildren;
}

function DecisionPage({ decision, saved, children }: PageProps) {
  const board = useBoard();
  const send = useSend(decision.key, saved);
  const change = useChange(decision, send);
  const rename = useRename(decision, send);
  const canEdit = canEditDecision(board, decision);
  useReading("topic_id", decision.topic_id);
  const isWritten = canEdit && decision.status === "draft";
  const facts = <DecisionFacts decision={decision} canEdit={canEdit} change={change} />;
  return (
    <Page
      title={decision.title}
      lead={<Lead decision={decision} />}
      aside={<Acts decision={decision} />}
      rename={isWritten ? rename : undefined}
    >
      <div class="decision-page">
        {children}
        <Steps decision={decision} />
        <Superseded decision={decision} />
        <Withdrawn decision={decision} />
        {isWritten ? (
          <Draft
            decision={decision}
            send={send}
            change={change}
            saved={saved}
            canOpen={decision.proposed_by === board.me.member_id}
            facts={facts}
          >
            <RelatedSections decision={decision} change={change} />
          </Draft>
        ) : (
          <WithSidebar label={t.details} facts={facts}>
            <Stages decision={decision} />
            <RelatedSections decision={decision} change={undefined} />
          </WithSidebar>
        )}
      </div>
    </Page>
  );
}

/** What was decided comes first; until then the proposal does, and what is said to it. */
function Stages({ decision }: DecisionProps) {
  if (decision.status === "decided") {
    return (
      <>
        <Record decision={decision} />
        <Review decision={decision} />
        <Inputs decision={decision} />
        <Proposal decision={decision} />
      </>
    );
  }
  return (
    <>
      <Proposal decision={decision} />
      <MyInput decision={decision} />
      <Inputs decision={decision} />
      <Extensions decision={decision} />
      <Outcome decision={decision} />
    </>
  );
}

interface BehindProps extends DecisionProps {
  change: ReturnType<typeof useChange> | undefined;
}

/** Sections that every decision has, whatever its status. */
function RelatedSections({ decision, change }: BehindProps) {
  return (
    <>
      <Relations decision={decision} change={change} />
      <Tasks decision={decision} />
      <div class="unprinted">
        <Discussion decision={decision} />
      </div>
      <DecisionHistory decision={decision} />
    </>
  );
}

/** `DEC-7 in Website`. */
function Lead({ decision: { key, project_id } }: DecisionProps) {
  const here = useWorkspace();
  const project = here.live.one("projects", project_id).value;
  const code = <span class="code">{key}</span>;
  if (!project) return code;
  return (
    <>
      {t.keyInProject({
        key: code,
        project: <a href={here.pageUrl(`/projects/${project.key}`)}>{project.name}</a>,
      })}
    </>
  );
}

function Acts({ decision }: DecisionProps) {
  const [tone, words, icon] = decisionStatus(decision);
  return (
    <span class="decision-acts">
      <Chip tone={tone} icon={icon}>
        {words}
      </Chip>
      <Extend decision={decision} />
      <Withdraw decision={decision} />
      <ExportActions decision={decision} />
    </span>
  );
}

/** The four steps, with the present one marked, and the way to what I am asked. */
function Steps({ decision }: DecisionProps) {
  const me = useMe();
  const present = stepOf(decision);
  const mine = decision.stakeholders.find(({ member_id }) => member_id === me.id);
  const isAsked = decision.status === "open" && mine && !mine.has_answered;
  const decides = present === "decided" && decision.decider_id === me.id;
  return (
    <div class="steps-line">
      <ol class="steps" aria-label={t.steps}>
        {STEPS.map((step, index) => {
          const isDone = present !== null && index < STEPS.indexOf(present);
          return (
            <li
              key={step}
              class={isDone ? "done" : ""}
              aria-current={step === present ? "step" : undefined}
            >
              <span class="step-mark" aria-hidden="true">
                {isDone ? <Icon of={Check} size={14} /> : index + 1}
              </span>
              {stepWords(step)}
            </li>
          );
        })}
      </ol>
      {isAsked && <a href="#my-input">{t.giveInput}</a>}
      {decides && <a href="#outcome">{t.recordDecision}</a>}
    </div>
  );
}
