import { Search as SearchIcon, SearchX } from "lucide";
import t from "locale:search";
import { useEffect, useRef } from "preact/hooks";
import { navigate, query, setQuery } from "../../router/router";
import { useListNavigation } from "../../keys/list-navigation";
import { useBoard, useWorkspace } from "../../live/workspace";
import { announce } from "../../parts/ui/announce";
import { Empty } from "../../parts/ui/empty";
import { ErrorNotice } from "../../parts/ui/error-notice";
import { hitPath, type Hit, type HitKind, isTooLong, MAX_LENGTH, useSearch } from "../../parts/data/search";
import { Page } from "../../parts/ui/page";
import { Skeleton } from "../../parts/ui/skeleton";
import { HitRow, KINDS } from "./hit-row";
import { ProjectFilter } from "../../parts/data/project-filter";
import "./search.css";

const rowOf = ({ kind, id }: Hit) => `${kind}:${id}`;

/** Anything by its words: tasks, messages, conversations, projects and people. */
export default function Search() {
  const here = useWorkspace();
  const text = query.value.get("q") ?? "";
  const kind = KINDS.find((name) => name === query.value.get("kind"));
  const project = query.value.get("project") ?? "";
  const found = useSearch({ text, kinds: kind ? [kind] : [], project });
  const hits = found.data.value;
  const problem = found.problem.value;
  const list = useListNavigation({
    ids: () => (hits ?? []).map(rowOf),
    group: t.search,
    open: (row) => {
      const hit = hits?.find((each) => rowOf(each) === row);
      if (hit) navigate(here.pageUrl(hitPath(hit)));
    },
  });
  useEffect(() => {
    if (hits) announce(t.count({ count: hits.length }));
  }, [hits]);
  const toFirst = (event: KeyboardEvent) => {
    const first = hits?.[0];
    if (event.key !== "ArrowDown" || !first) return;
    event.preventDefault();
    list.move(rowOf(first));
  };
  return (
    <Page title={t.search}>
      <Field text={text} onKeyDown={toFirst} />
      <Filters kind={kind} project={project} />
      {problem && (
        <ErrorNotice
          what={t.couldNotSearch}
          problem={problem}
          kept={t.wordsKept}
          retry={found.retry}
        />
      )}
      {!hits && !problem && <NoHitsYet text={text} />}
      {hits?.length === 0 && (
        <Empty icon={SearchX} title={t.noResults({ text })}>
          {t.tryFewer}
        </Empty>
      )}
      {hits && hits.length > 0 && (
        <ul class="panel hits" aria-label={t.results}>
          {hits.map((hit) => (
            <HitRow key={rowOf(hit)} hit={hit} list={list} />
          ))}
        </ul>
      )}
    </Page>
  );
}

/** What stands where hits will: how to search, or that they are being looked for. */
function NoHitsYet({ text }: { text: string }) {
  if (isTooLong(text)) return <Empty icon={SearchX} title={t.fewerWords} />;
  if (text.trim().length > 1) return <Skeleton rows={4} />;
  return (
    <Empty icon={SearchIcon} title={t.findAnything}>
      {t.searchHint}
    </Empty>
  );
}

interface FieldProps {
  text: string;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Field({ text, onKeyDown }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <input
      ref={input}
      class="input"
      type="search"
      aria-label={t.searchFor}
      placeholder={t.wordsOrKey}
      autocomplete="off"
      maxLength={MAX_LENGTH}
      value={text}
      onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
      onKeyDown={onKeyDown}
    />
  );
}

function Filters({ kind, project }: { kind: HitKind | undefined; project: string }) {
  const { me } = useBoard();
  const kinds = KINDS.filter((name) => me.role !== "guest" || name !== "reference");
  return (
    <div class="narrow-by" role="group" aria-label={t.filters}>
      <button
        type="button"
        class="button small"
        aria-pressed={!kind}
        onClick={() => setQuery({ kind: null })}
      >
        {t.everything}
      </button>
      {kinds.map((name) => (
        <button
          key={name}
          type="button"
          class="button small"
          aria-pressed={kind === name}
          onClick={() => setQuery({ kind: kind === name ? null : name })}
        >
          {t.kinds({ kind: name })}
        </button>
      ))}
      <ProjectFilter value={project} />
    </div>
  );
}
