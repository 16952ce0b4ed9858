import t from "locale:agreement";
import common from "locale:common";
import { setQuery } from "../../router/router";
import { useWorkspace } from "../../live/workspace";
import { Panel } from "../../parts/ui/panel";
import { type Line, diffLinesSideBySide } from "../../parts/data/line-diff";
import { type Agreement, type Card, useAgreement } from "./data";
import { termChanges } from "./terms";
import { LoadStatus } from "../../parts/data/load-status";

interface Props {
  after: Agreement;
  /** The number of the other version. */
  before: number;
  versions: readonly Card[];
}

/** How two versions differ: terms first, then the text side by side. */
export function Compare({ after, before, versions }: Props) {
  const here = useWorkspace();
  const read = useAgreement(before);
  const found = read.data.value?.version === before ? read.data.value : null;
  return (
    <Panel
      title={t.compareVersions({ before, after: after.version })}
      aside={
        <a class="button small" href={here.pageUrl(`/agreement?version=${after.version}`)}>
          {common.close}
        </a>
      }
    >
      <label class="compare-with panel-body">
        {t.compareWith({ version: after.version })}
        <select
          class="input"
          value={String(before)}
          onChange={({ currentTarget }) => setQuery({ with: currentTarget.value })}
        >
          {versions
            .filter(({ version }) => version !== after.version)
            .map(({ version }) => (
              <option key={version} value={version} selected={version === before}>
                {t.version({ version })}
              </option>
            ))}
        </select>
      </label>
      <LoadStatus of={read} what={t.couldNotLoadVersion({ version: before })} rows={4} />
      {found && <Differences before={found} after={after} />}
    </Panel>
  );
}

function Differences({ before, after }: { before: Agreement; after: Agreement }) {
  const terms = termChanges(before, after);
  const lines = diffLinesSideBySide(before.text, after.text);
  const textChanged = lines.some(({ same }) => !same);
  const heads: [string, string] = [
    t.version({ version: before.version }),
    t.version({ version: after.version }),
  ];
  if (terms.length === 0 && !textChanged && before.title === after.title) {
    return <p class="empty">{t.noDifferences}</p>;
  }
  return (
    <>
      <table class="table">
        <caption class="unseen">{t.changedTerms}</caption>
        <TwoHeads first={t.term} heads={heads} />
        <tbody>
          {before.title !== after.title && (
            <TermRow name={common.title} before={before.title} after={after.title} />
          )}
          {terms.map((change) => (
            <TermRow key={change.name} {...change} />
          ))}
          {terms.length === 0 && before.title === after.title && (
            <tr>
              <td colSpan={3} class="quiet">
                {t.answerTimesSame}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {textChanged ? (
        <table class="table sides">
          <caption class="unseen">{t.textSideBySide}</caption>
          <TwoHeads heads={heads} />
          <tbody>
            {lines.map((line, index) => (
              <SideRow key={index} line={line} />
            ))}
          </tbody>
        </table>
      ) : (
        <p class="panel-body quiet">{t.textSame}</p>
      )}
    </>
  );
}

function TwoHeads({ first, heads }: { first?: string; heads: [string, string] }) {
  return (
    <thead>
      <tr>
        {first && <th scope="col">{first}</th>}
        {heads.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function TermRow({ name, before, after }: { name: string; before: string; after: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <del>{before}</del>
      </td>
      <td>
        <ins>{after}</ins>
      </td>
    </tr>
  );
}

function SideRow({ line: { before, after, same } }: { line: Line }) {
  if (same) {
    return (
      <tr>
        <td>{before}</td>
        <td>{after}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td>{before !== null && <del>{before}</del>}</td>
      <td>{after !== null && <ins>{after}</ins>}</td>
    </tr>
  );
}
