const NEWLINE = 10;

/** Where a byte of the text stands: pieces come one after another, offsets never go back past the piece at hand. */
export interface Places {
  /** The next piece, as UTF-8. */
  piece(bytes: Buffer): void;
  /** Line of a byte, counted over all pieces. */
  line(offset: number): number;
  /** Characters before a byte of the piece at hand. */
  characters(offset: number): number;
  /** Bytes before the piece at hand. */
  start(): number;
  /** Bytes given so far. */
  end(): number;
}

/**
 * @param line of the first byte
 * @param leading characters (ASCII, no line breaks) in front that are not counted
 */
export function createPlaces(line: number, leading: number): Places {
  let piece: Buffer = Buffer.alloc(0);
  let start = 0;
  let characters = -leading;
  let current = line;
  /** Bytes of the piece whose line breaks are counted. */
  let counted = 0;

  const countTo = (index: number): void => {
    for (
      let at = piece.indexOf(NEWLINE, counted);
      at !== -1 && at < index;
      at = piece.indexOf(NEWLINE, at + 1)
    ) {
      current++;
      counted = at + 1;
    }
  };

  return {
    piece(bytes) {
      countTo(piece.length);
      characters += piece.toString('utf8').length;
      start += piece.length;
      piece = bytes;
      counted = 0;
    },
    line(offset) {
      countTo(offset - start);
      return current;
    },
    characters: (offset) => characters + piece.toString('utf8', 0, offset - start).length,
    start: () => start,
    end: () => start + piece.length,
  };
}
