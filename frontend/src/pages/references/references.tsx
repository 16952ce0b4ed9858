import { useComputed } from "@preact/signals";
import { BookOpen, CalendarClock, MessageSquareQuote, Plus, SearchX, TriangleAlert } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import t from "locale:references";
import { minute } from "../../api/clock";
import { openExplanation } from "../../parts/ui/open-dialog";
import { navigate, query, setQuery } from "../../router/router";
import { type ListNavigation, rowProps, useListNavigation } from "../../keys/list-navigation";
import type { Reference } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { agoWords } from "../../parts/time/relative-time";
import { announce } from "../../parts/ui/announce";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Empty } from "../../parts/ui/empty";
import { Icon } from "../../parts/ui/icon";
import { KeyHint } from "../../parts/ui/key-hint";
import { rankMatches } from "../../parts/data/matching";
import { Page } from "../../parts/ui/page";
import { dateWords, localDate } from "../../parts/time/times";
import { NotFound } from "../not-found";
import { useTextMatches } from "./data";
import "./references.css";
import { Subjects } from "./subjects";
import { unseen } from "../../parts/ui/tags";

/** The references, and what is worth documenting. */
export default function References() {
  return useBoard().me.role === "guest" ? <NotFound /> : <ReferenceList />;
}

function ReferenceList() {
  const here = useWorkspace();
  const { live } = here;
  const text = (query.value.get("q") ?? "").trim();
  const withWords = useTextMatches(text);
  const all = useComputed(() => byTitle([...live.list("references").value.values()])).value;
  const shown = filterReferences(all, text, withWords);
  const list = useListNavigation({
    ids: () => shown.map(({ id }) => id),
    group: t.references,
    open: (id) => navigate(here.pageUrl(`/references/${id}`)),
  });
  const summary = useRef("");
  summary.current = text && t.found({ count: shown.length });
  useEffect(() => {
    if (withWords && summary.current) announce(summary.current);
  }, [withWords]);
  return (
    <Page
      title={t.references}
      lead={t.lead}
      aside={
        <span class="reference-acts">
          <Button icon={MessageSquareQuote} onClick={() => openExplanation(null)}>
            {t.logExplanation} <KeyHint keys="e" />
          </Button>
          <a class="button primary" href={here.pageUrl("/references/new")}>
            <Icon of={Plus} />
            {t.newReference}
          </a>
        </span>
      }
    >
      {all.length > 0 && <Search />}
      <Subjects narrowed={text !== ""} />
      {all.length === 0 && <Example />}
      {text && shown.length === 0 && withWords && (
        <Empty icon={SearchX} title={t.noResults({ text })}>
          {t.noResultsHint}
        </Empty>
      )}
      {shown.length > 0 && (
        <ul class="panel rows reference-list" aria-label={t.references}>
          {shown.map((reference) => (
            <Row key={reference.id} reference={reference} list={list} />
          ))}
        </ul>
      )}
    </Page>
  );
}

const byTitle = (all: Reference[]) => all.sort((a, b) => a.title.localeCompare(b.title));

/** References that match by title, best first, then those that match by text. */
function filterReferences(all: readonly Reference[], text: string, inText: ReadonlySet<string> | null) {
  const inTitle = rankMatches(all, text, ({ title, former_titles }) => [title, ...former_titles].join(" "));
  const there = new Set(inTitle.map(({ id }) => id));
  return [...inTitle, ...all.filter(({ id }) => inText?.has(id) && !there.has(id))];
}

function Search() {
  return (
    <input
      class="input"
      type="search"
      aria-label={t.searchReferences}
      placeholder={t.searchHint}
      autocomplete="off"
      maxLength={200}
      value={query.value.get("q") ?? ""}
      onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
    />
  );
}

function Row({ reference, list }: { reference: Reference; list: ListNavigation }) {
  const here = useWorkspace();
  const { id, title, owner_id, updated_at } = reference;
  const owner = here.live.one("members", owner_id).value;
  return (
    <li>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/references/${id}`)} {...rowProps(list, id)}>
        {title}
      </a>
      <ReferenceStatus reference={reference} />
      <span class="reference-owner">
        {owner && <Avatar of={owner} />}
        {t.ownedBy({
          unseen,
          name: <span class="ellipsis">{owner?.name}</span>,
        })}
      </span>
      <span class="quiet reference-age">{agoWords(updated_at, minute.value)}</span>
    </li>
  );
}

/** Whether a reference is outdated or due for review. */
function ReferenceStatus({ reference }: { reference: Pick<Reference, "stale" | "review_on"> }) {
  const { stale, review_on } = reference;
  const today = localDate(minute.value);
  if (stale.length > 0) {
    return (
      <Chip tone="warn" icon={TriangleAlert}>
        {t.outdated}
      </Chip>
    );
  }
  if (!review_on || review_on > today) return null;
  return (
    <Chip tone="info" icon={CalendarClock}>
      {t.reviewDue({ date: dateWords(review_on, today) })}
    </Chip>
  );
}

function Example() {
  return (
    <>
      <Empty icon={BookOpen} title={t.noReferences}>
        {t.noReferencesHint}
      </Empty>
      <section class="panel example" aria-label={t.anExample}>
        <p class="quiet">{t.forExample}</p>
        <h2>{t.exampleTitle}</h2>
        <p>{t.exampleText}</p>
        <p class="quiet">{t.exampleFacts}</p>
      </section>
    </>
  );
}
