/** The axis of a bar chart: a zero baseline, steps people count in, three grid lines at most. */
export interface Scale { top: number; bottom: number; lines: number[] }

/** Covers `up` above and `down` below zero with whole steps of 1, 2 or 5 times a power of ten. */
export function barScale(up: number, down: number): Scale {
  let step = 1;
  for (const unit of candidates()) {
    step = unit;
    if (Math.max(1, Math.ceil(up / unit)) + Math.floor(down / unit) <= 3) break;
  }
  const top = Math.max(step, Math.ceil(up / step) * step);
  const bottom = down;
  const lines: number[] = [];
  for (let at = step; at <= top; at += step) lines.push(at);
  for (let at = step; at <= bottom; at += step) lines.push(-at);
  return { top, bottom, lines };
}

function* candidates(): Generator<number> {
  for (let power = 1; power <= 1e9; power *= 10) for (const unit of [1, 2, 5]) yield unit * power;
}
