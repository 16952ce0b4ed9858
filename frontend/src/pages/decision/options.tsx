import { Plus, Star, X } from "lucide";
import { useRef } from "preact/hooks";
import t from "locale:decision";
import { Button, IconButton } from "../../parts/ui/button";
import { Section } from "../../parts/ui/facts";
import { list as listed } from "../../text/format";
import { AutosaveStatus } from "./autosave-status";
import { type Autosave, type AutosavedField, useAutosave } from "./autosave";
import type { WholeDecision } from "./data";

interface TypedOption {
  title: string;
  body: string;
  is_recommended: boolean;
}

const EMPTY: TypedOption = { title: "", body: "", is_recommended: false };
const MOST = 10;
const FEWEST = 2;

const written = (options: readonly TypedOption[]) =>
  JSON.stringify(options.map(({ title, body, is_recommended }) => ({ title, body, is_recommended })));

const isSaid = ({ title, body }: TypedOption) => Boolean(title.trim() || body.trim());

/** The options in a field's text. */
const optionsIn = (text: string): TypedOption[] => JSON.parse(text) as TypedOption[];

/** How many of them say something. */
export const countIn = (text: string): number => optionsIn(text).filter(isSaid).length;

export function useOptions(of: Pick<AutosavedField, "decision" | "send">): Autosave {
  return useAutosave({
    ...of,
    field: "options",
    textIn: ({ options }) => written(options),
    editOf: (text) => {
      const options = optionsIn(text).filter(isSaid);
      return options.every(({ title }) => title.trim()) ? { options } : null;
    },
  });
}

/** The options of a draft: two or more, of which one may be recommended. */
export function Options({ of }: { of: Autosave }) {
  const list = useRef<HTMLOListElement>(null);
  const typed = optionsIn(of.text.value);
  const missing = Math.max(0, FEWEST - typed.length);
  const shown = [...typed, ...Array.from({ length: missing }, () => EMPTY)];
  const set = (options: TypedOption[]) => (of.text.value = written(options));
  const change = (at: number, changes: Partial<TypedOption>) =>
    set(shown.map((option, index) => (index === at ? { ...option, ...changes } : option)));
  const recommend = (at: number) =>
    set(
      shown.map((option, index) => ({
        ...option,
        is_recommended: index === at && !option.is_recommended,
      })),
    );
  const add = () => {
    set([...shown, EMPTY]);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>("li:last-child input")?.focus(),
    );
  };
  return (
    <Section id="options" title={t.options}>
      <ol class="option-edits" ref={list} onFocusOut={() => void of.flush()}>
        {shown.map((option, index) => (
          <OptionEdit
            key={index}
            option={option}
            number={index + 1}
            change={(changes) => change(index, changes)}
            recommend={() => recommend(index)}
            remove={
              shown.length > FEWEST ? () => set(shown.filter((_, at) => at !== index)) : undefined
            }
          />
        ))}
      </ol>
      <div class="form-end">
        {shown.length < MOST && (
          <Button small icon={Plus} onClick={add}>
            {t.addOption}
          </Button>
        )}
        <AutosaveStatus of={of} field="options" textIn={titles} />
      </div>
    </Section>
  );
}

const titles = ({ options }: WholeDecision) => listed(options.map(({ title }) => title));

interface EditProps {
  option: TypedOption;
  number: number;
  change: (changes: Partial<TypedOption>) => void;
  recommend: () => void;
  remove: (() => void) | undefined;
}

function OptionEdit({ option, number, change, recommend, remove }: EditProps) {
  const { title, body, is_recommended } = option;
  const isNameless = body.trim() !== "" && title.trim() === "";
  return (
    <li>
      <div class="option-head">
        <input
          class="input"
          aria-label={t.optionNumber({ number })}
          aria-invalid={isNameless}
          placeholder={t.optionNumber({ number })}
          maxLength={200}
          value={title}
          onInput={({ currentTarget }) => change({ title: currentTarget.value })}
        />
        <Button small icon={Star} aria-pressed={is_recommended} onClick={recommend}>
          {is_recommended ? t.recommended : t.recommend}
        </Button>
        {remove && <IconButton icon={X} label={t.removeOption({ number })} onClick={remove} />}
      </div>
      <textarea
        class="input"
        aria-label={t.optionDetails({ number })}
        placeholder={t.optionHint}
        rows={2}
        value={body}
        onInput={({ currentTarget }) => change({ body: currentTarget.value })}
      />
      {isNameless && <p class="refused">{t.nameOption}</p>}
    </li>
  );
}
