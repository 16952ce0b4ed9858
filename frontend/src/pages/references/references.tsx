import { useComputed } from "@preact/signals";
import { BookOpen, CalendarClock, MessageSquareQuote, Plus, SearchX, TriangleAlert } from "lucide";
import { useEffect, useRef } from "preact/hooks";
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

/** What was written down, and what is worth writing down. */
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
    group: "References",
    open: (id) => navigate(here.pageUrl(`/references/${id}`)),
  });
  const summary = useRef("");
  summary.current = text && (shown.length === 1 ? "1 found" : `${shown.length} found`);
  useEffect(() => {
    if (withWords && summary.current) announce(summary.current);
  }, [withWords]);
  return (
    <Page
      title="References"
      lead="What used to be explained by talking, written down once."
      aside={
        <span class="reference-acts">
          <Button icon={MessageSquareQuote} onClick={() => openExplanation(null)}>
            Note an explanation <KeyHint keys="e" />
          </Button>
          <a class="button primary" href={here.pageUrl("/references/new")}>
            <Icon of={Plus} />
            New reference
          </a>
        </span>
      }
    >
      {all.length > 0 && <Search />}
      <Subjects narrowed={text !== ""} />
      {all.length === 0 && <Example />}
      {text && shown.length === 0 && withWords && (
        <Empty icon={SearchX} title={`No reference has all the words of “${text}”.`}>
          Try fewer words, or note that you explained it.
        </Empty>
      )}
      {shown.length > 0 && (
        <ul class="panel rows reference-list" aria-label="References">
          {shown.map((reference) => (
            <Row key={reference.id} reference={reference} list={list} />
          ))}
        </ul>
      )}
    </Page>
  );
}

const byTitle = (all: Reference[]) => all.sort((a, b) => a.title.localeCompare(b.title));

/** Those with the words in their titles, the best first, then those with them in their texts. */
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
      aria-label="Search references"
      placeholder="How does… what is… when do we…"
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
      <a class="main ellipsis" href={here.pageUrl(`/references/${id}`)} {...rowProps(list, id)}>
        {title}
      </a>
      <ReferenceStatus reference={reference} />
      <span class="reference-owner">
        {owner && <Avatar of={owner} />}
        <span class="unseen">Owned by </span>
        <span class="ellipsis">{owner?.name}</span>
      </span>
      <span class="quiet reference-age">{agoWords(updated_at, minute.value)}</span>
    </li>
  );
}

/** Whether someone has to look at it: in words, where there is something to say. */
function ReferenceStatus({ reference }: { reference: Pick<Reference, "stale" | "review_on"> }) {
  const { stale, review_on } = reference;
  const today = localDate(minute.value);
  if (stale.length > 0) {
    return (
      <Chip tone="warn" icon={TriangleAlert}>
        Marked stale
      </Chip>
    );
  }
  if (!review_on || review_on > today) return null;
  return (
    <Chip tone="info" icon={CalendarClock}>
      To review since {dateWords(review_on, today).slice(4)}
    </Chip>
  );
}

function Example() {
  return (
    <>
      <Empty icon={BookOpen} title="Nothing is written down yet">
        When you explain something by talking, note it in one line. The third time, Dayline asks for
        a reference, once, and from then on everybody finds it first.
      </Empty>
      <section class="panel example" aria-label="An example">
        <p class="quiet">For example</p>
        <h2>How VAT works for customers in the EU</h2>
        <p>
          Companies with a VAT number pay it themselves, so our invoices add none. Everybody else
          pays the rate of their country. Check the number before the first invoice.
        </p>
        <p class="quiet">Explained 3 times before it was written. Looked at again in November.</p>
      </section>
    </>
  );
}
