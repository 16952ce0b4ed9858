import { query, setQuery } from "../app/router";
import { useBoard, useWorkspace } from "../live/workspace";
import { matching } from "../parts/matching";
import { Page } from "../parts/page";

const MOST = 50;

/** Tasks by key and title. */
export default function Search() {
  const here = useWorkspace();
  const board = useBoard();
  const text = query.value.get("q") ?? "";
  const found = text
    ? matching([...board.tasks.values()], text, ({ key, title }) => `${key} ${title}`)
    : [];
  return (
    <Page title="Search">
      <input
        class="input"
        type="search"
        aria-label="Search"
        value={text}
        onInput={({ currentTarget }) => setQuery({ q: currentTarget.value || null })}
      />
      <ul class="panel rows">
        {found.slice(0, MOST).map(({ id, key, title }) => (
          <li key={id}>
            <span class="code quiet">{key}</span>
            <a class="main" href={here.at(`/tasks/${key}`)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
