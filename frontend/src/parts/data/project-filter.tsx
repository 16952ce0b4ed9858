import { useBoard } from "../../live/workspace";
import { setQuery } from "../../router/router";

/** Filters a page by project, through its address. `value` is the project's key; empty for all. */
export function ProjectFilter({ value }: { value: string }) {
  const { projects } = useBoard();
  return (
    <select
      class="input"
      aria-label="Project"
      value={value}
      onChange={({ currentTarget }) => setQuery({ project: currentTarget.value || null })}
    >
      <option value="">All projects</option>
      {[...projects.values()].map(({ key, name }) => (
        <option key={key} value={key} selected={key === value}>
          {name}
        </option>
      ))}
    </select>
  );
}
