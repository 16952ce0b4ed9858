import t from "locale:agreement";
import time from "locale:time";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { useMyCity } from "../../parts/time/when";
import { timerKindWords } from "../../parts/data/timer-kinds";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateTimeWords, timeWords } from "../../parts/time/times";
import type { Agreement, Example } from "./data";
import { allowanceWords, KINDS, percentWords, stepsWords } from "./terms";

const EXAMPLES = "/api/workspaces/{workspace}/agreement/examples";
const CONCERNS = /^(agreement|calendar|holidays)\./;
/** How old an example gets before it is loaded again. */
const KEPT_MS = 300_000;

interface Props {
  agreement: Agreement;
  /** Whether to say when I would have to answer if asked now. */
  withExamples: boolean;
}

/** The answer time of each kind of question, in working time. */
export function Windows({ agreement, withExamples }: Props) {
  const { clauses, warn_share, first_check_minutes } = agreement;
  const check = allowanceWords(first_check_minutes * 60);
  return (
    <Panel title={t.answerTimes}>
      {withExamples ? (
        <WithExamples clauses={clauses} />
      ) : (
        <WindowTable clauses={clauses} examples={null} />
      )}
      <p class="panel-body quiet">
        {t.howTimeCounts({ share: percentWords(warn_share), check })} {t.howStepsCount}
      </p>
    </Panel>
  );
}

function WithExamples({ clauses }: Pick<Agreement, "clauses">) {
  const here = useWorkspace();
  const read = () => answer(api.GET(EXAMPLES, { params: here.pathParams() }));
  const examples = useLiveLoaded(read, CONCERNS, [Math.floor(minute.value / KEPT_MS)]);
  return <WindowTable clauses={clauses} examples={examples.data.value ?? []} />;
}

interface TableProps extends Pick<Agreement, "clauses"> {
  examples: Example[] | null;
}

function WindowTable({ clauses, examples }: TableProps) {
  const place = useMyCity();
  const byKind = new Map(examples?.map((example) => [example.kind, example]));
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{t.type}</th>
          <th scope="col">{t.answeredWithin}</th>
          <th scope="col">{t.ifNoOneAnswers}</th>
          {examples && <th scope="col">{t.ifAskedNow({ place })}</th>}
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{timerKindWords(kind)}</th>
            <td>{allowanceWords(clauses[kind].allowance_s)}</td>
            <td>{stepsWords(clauses[kind].escalation)}</td>
            {examples && <ExampleCell example={byKind.get(kind)} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ExampleCell({ example }: { example: Example | undefined }) {
  if (!example) return <td class="quiet">…</td>;
  const { local_due, local_now } = example;
  if (!local_due) return <td class="quiet">{t.noWorkingHours}</td>;
  const whole = time.forYou({ when: dateTimeWords(local_due) });
  return (
    <td>
      <time dateTime={local_due} title={whole}>
        {timeWords(local_due, local_now)}
      </time>
    </td>
  );
}
