import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { useMyCity } from "../../parts/time/when";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateTimeWords, timeWords } from "../../parts/time/times";
import type { Agreement, Example } from "./data";
import { allowanceWords, KINDS } from "./terms";

const EXAMPLES = "/api/workspaces/{workspace}/agreement/examples";
const CONCERNS = /^(agreement|calendar|holidays)\./;
/** An example that is older than this is read again. */
const KEPT_MS = 300_000;

interface Props {
  agreement: Agreement;
  /** Whether to say what each window would mean for me now. */
  withExamples: boolean;
}

/** The answer time of each kind of message, in working time. */
export function Windows({ agreement, withExamples }: Props) {
  const { clauses, warn_share, first_check_minutes } = agreement;
  const check = allowanceWords(first_check_minutes * 60);
  return (
    <Panel title="Response windows">
      {withExamples ? (
        <WithExamples clauses={clauses} />
      ) : (
        <WindowTable clauses={clauses} examples={null} />
      )}
      <p class="panel-body quiet">
        Windows count the working time of whoever is asked. A warning comes after {warn_share} % of
        a window. What arrives outside a working day is looked at within {check} of the next start.
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
          <th scope="col">What asks</th>
          <th scope="col">Answered within</th>
          {examples && <th scope="col">Asked now, you answer by ({place})</th>}
        </tr>
      </thead>
      <tbody>
        {KINDS.map(([kind, name]) => (
          <tr key={kind}>
            <th scope="row">{name}</th>
            <td>{allowanceWords(clauses[kind].allowance_s)}</td>
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
  if (!local_due) return <td class="quiet">You have no working time ahead</td>;
  const whole = `${dateTimeWords(local_due)} on your clock`;
  return (
    <td>
      <time dateTime={local_due} title={whole}>
        {timeWords(local_due, local_now)}
      </time>
    </td>
  );
}
