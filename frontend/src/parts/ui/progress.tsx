interface Props {
  /** What is counted: `3 of 8 sub-tasks done`. */
  label: string;
  value: number;
  max: number;
}

export function Progress({ label, value, max }: Props) {
  return <progress class="progress" aria-label={label} title={label} value={value} max={max} />;
}
