import { useWorkspace } from "../../live/workspace";
import { Chip } from "../../parts/chip";
import { Sided } from "../../parts/fact";
import { Failed } from "../../parts/failed";
import { Page } from "../../parts/page";
import { Skeleton } from "../../parts/skeleton";
import { NotFound } from "../not-found";
import { type Of, useDecision } from "./reading";
import { standingOf, stepOf, STEPS } from "./standing";
import "./decision.css";

const GONE = 404;

/** One decision: what is proposed, who says what to it, what was decided, and the record of it. */
export default function Decision({ values }: { values: Record<string, string> }) {
  const key = (values["key"] ?? "").toUpperCase();
  const whole = useDecision(key);
  const decision = whole.data.value;
  if (whole.problem.value?.status === GONE) return <NotFound />;
  if (decision) return <DecisionPage decision={decision} />;
  return (
    <Page title={key}>
      <Failed of={whole} />
      {!whole.problem.value && <Skeleton rows={6} />}
    </Page>
  );
}

function DecisionPage({ decision }: Of) {
  return (
    <Page title={decision.title} lead={<Lead decision={decision} />} aside={<Standing decision={decision} />}>
      <Steps decision={decision} />
      <Sided label="About this decision" facts={null}>
        {null}
      </Sided>
    </Page>
  );
}

/** `DEC-7 in Website`. */
function Lead({ decision: { key, project_id } }: Of) {
  const here = useWorkspace();
  const project = here.live.one("projects", project_id).value;
  return (
    <>
      <span class="code">{key}</span>
      {project && (
        <>
          {" in "}
          <a href={here.at(`/projects/${project.key}`)}>{project.name}</a>
        </>
      )}
    </>
  );
}

function Standing({ decision }: Of) {
  const [tone, words, icon] = standingOf(decision);
  return (
    <Chip tone={tone} icon={icon}>
      {words}
    </Chip>
  );
}

function Steps({ decision }: Of) {
  const present = stepOf(decision);
  return (
    <ol class="steps" aria-label="Steps">
      {STEPS.map((step) => (
        <li key={step} aria-current={step === present ? "step" : undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}
