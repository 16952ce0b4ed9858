import common from "locale:common";
import { useBoard } from "../../live/workspace";
import { setQuery } from "../../router/router";

/** Filters a page by project, through its address. `value` is the project's key; empty for all. */
export function ProjectFilter({ value }: { value: string }) {
  const { projects } = useBoard();
  return (
    <select
      class="input"
      aria-label={common.project}
      value={value}
      onChange={({ currentTarget }) => setQuery({ project: currentTarget.value || null })}
    >
      <option value="">{common.allProjects}</option>
      {[...projects.values()].map(({ key, name }) => (
        <option key={key} value={key} selected={key === value}>
          {name}
        </option>
      ))}
    </select>
  );
}
