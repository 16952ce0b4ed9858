import { PenLine, Undo2, X } from "lucide";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import {
  type Explanation,
  historyWords,
  type Subject,
  timesWords,
  REFERENCE_AFTER,
} from "../../parts/data/explanations";
import { undoExplanation } from "../../parts/data/undo-explanation";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Icon } from "../../parts/ui/icon";

/** What was explained and not written down: what came up too often as cards, the rest in a fold. */
export function Subjects({ narrowed }: { narrowed: boolean }) {
  const here = useWorkspace();
  const read = () =>
    answer(api.GET("/api/workspaces/{workspace}/subjects", { params: here.pathParams() }));
  const subjects = useLiveLoaded(read, /^(explanation|reference)\./).data.value ?? [];
  const isWanted = ({ explanations, declined_at }: Subject) =>
    explanations.length >= REFERENCE_AFTER && !declined_at;
  const wanted = subjects.filter(isWanted);
  const others = subjects.filter((subject) => !isWanted(subject));
  if (narrowed) return null;
  return (
    <>
      {wanted.length > 0 && (
        <ul class="wanted" aria-label="Worth writing down">
          {wanted.map((subject) => (
            <Card key={subject.id} subject={subject} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details class="fold">
          <summary>Explained so far ({others.length})</summary>
          <ul class="panel rows" aria-label="Explained so far">
            {others.map((subject) => (
              <Row key={subject.id} subject={subject} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Card({ subject }: { subject: Subject }) {
  const here = useWorkspace();
  const board = useBoard();
  const action = useAction();
  const decline = async () => {
    const params = here.pathParams({ subject_id: subject.id });
    await answer(api.PUT("/api/workspaces/{workspace}/subjects/{subject_id}/refusal", { params }));
  };
  const asked = board.members.get(subject.wanted_of ?? "");
  return (
    <li class="panel wanted-card">
      <div class="grow">
        <h2>{subject.words}</h2>
        <p class="quiet">
          Explained {timesWords(subject.explanations.length)}:{" "}
          {historyWords(subject.explanations, board)}.
          {asked && ` ${asked.id === board.me.member_id ? "You were" : `${asked.name} was`} asked.`}
        </p>
        <RequestError of={action} />
      </div>
      <a class="button primary" href={here.pageUrl(`/references/new?subject=${subject.id}`)}>
        <Icon of={PenLine} />
        Write it down
      </a>
      <IconButton
        icon={X}
        label={`${subject.words} needs no reference`}
        onClick={() => action.run(decline)}
      />
    </li>
  );
}

function Row({ subject }: { subject: Subject }) {
  const here = useWorkspace();
  const board = useBoard();
  const action = useAction();
  const mine = subject.explanations.findLast(
    ({ explained_by }: Explanation) => explained_by === board.me.member_id,
  );
  return (
    <li>
      <span class="main">{subject.words}</span>
      <span class="quiet">{historyWords(subject.explanations, board)}</span>
      {mine && (
        <Button
          small
          kind="quiet"
          icon={Undo2}
          onClick={() => action.run(() => undoExplanation(here, mine.id).then(() => undefined))}
        >
          Take mine back
        </Button>
      )}
      <a class="button small" href={here.pageUrl(`/references/new?subject=${subject.id}`)}>
        Write it down
      </a>
      <RequestError of={action} />
    </li>
  );
}
