/** Places on a flat sheet: near enough for a county, and made of nothing but coordinates. */

/** In degrees; what is not a number never comes over the border and counts as zero. */
export interface Place { latitude: number | null; longitude: number | null }
export interface XY { x: number; y: number }

/** Miles in a degree of latitude: π ÷ 180 × 3,958.7613 miles. */
const MILES_A_DEGREE = 69.0934;

export interface Sheet {
  /** Where a place lies, in pixels. */
  at: (place: Place) => XY;
  /** Pixels to a mile. */
  scale: number;
}

/** A sheet of this size on which all places lie, with room around them; `zoom` above 1 shows less, around the middle. */
export function sheetOf(places: readonly Place[], width: number, height: number, zoom = 1, room = 56): Sheet {
  const known = places.length > 0 ? places : [{ latitude: 0, longitude: 0 }];
  const side = (of: (place: Place) => number) => [Math.min(...known.map(of)), Math.max(...known.map(of))] as const;
  const [south, north] = side((place) => place.latitude ?? 0);
  const [west, east] = side((place) => place.longitude ?? 0);
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  // A degree of longitude narrows towards the poles.
  const narrow = Math.cos((middle.latitude * Math.PI) / 180);
  const wide = Math.max((east - west) * MILES_A_DEGREE * narrow, 2);
  const high = Math.max((north - south) * MILES_A_DEGREE, 2);
  const scale = Math.min(Math.max(width - 2 * room, 40) / wide, Math.max(height - 2 * room, 40) / high) * zoom;
  return {
    scale,
    at: (place) => ({
      x: width / 2 + ((place.longitude ?? 0) - middle.longitude) * MILES_A_DEGREE * narrow * scale,
      y: height / 2 - ((place.latitude ?? 0) - middle.latitude) * MILES_A_DEGREE * scale,
    }),
  };
}

/** A round number of miles whose bar is at most `most` pixels long. */
export function barOf(scale: number, most = 88): { miles: number; length: number } {
  const fits = [50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1].find((miles) => miles * scale <= most) ?? 0.1;
  return { miles: fits, length: fits * scale };
}

export interface Box { left: number; top: number; right: number; bottom: number }
export interface Label { x: number; y: number; anchor: "start" | "middle" | "end"; shown: boolean; box: Box }

const HIGH = 14;
const LETTER = 6.6;
const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Puts each text beside its point where it covers no point and no other text and stays on the sheet; one that finds no place is left out. */
export function labelsOf(points: readonly (XY & { text: string; radius: number })[], width: number, height: number, taken: readonly Box[] = []): Label[] {
  const boxes: Box[] = [...taken, ...points.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }))];
  return points.map(({ x, y, text, radius }) => {
    const long = text.length * LETTER;
    const gap = radius + 6;
    const places = [
      { x: x + gap, y: y + 4, anchor: "start", left: x + gap },
      { x: x - gap, y: y + 4, anchor: "end", left: x - gap - long },
      { x, y: y - gap, anchor: "middle", left: x - long / 2 },
      { x, y: y + gap + 10, anchor: "middle", left: x - long / 2 },
    ] as const;
    for (const place of places) {
      const box = { left: place.left, right: place.left + long, top: place.y - HIGH + 3, bottom: place.y + 3 };
      const inside = box.left >= 4 && box.right <= width - 4 && box.top >= 4 && box.bottom <= height - 4;
      if (!inside || boxes.some((other) => overlap(box, other))) continue;
      boxes.push(box);
      return { x: place.x, y: place.y, anchor: place.anchor, shown: true, box };
    }
    return { x, y, anchor: "start", shown: false, box: { left: x, right: x, top: y, bottom: y } };
  });
}

/** Whether a point of this radius touches none of the boxes. */
export function isClear({ x, y }: XY, radius: number, boxes: readonly Box[]): boolean {
  return boxes.every((box) => !overlap({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, box));
}

/** A name as a map has room for it: its first words. */
export function shortName(name: string): string {
  const words = name.split(/\s+/);
  const first = words[0] ?? "";
  return first.length >= 8 || words.length === 1 ? first : `${first} ${words[1] ?? ""}`.trim();
}
