/** Why the text of a row cannot be read. */
export type CsvFault = 'unclosed-quote' | 'text-after-quote';

/** The raw text of one record, without its line end. */
export interface RawRecord {
  text: string;
  /** First line of the record, 1-based, as a text editor counts. */
  line: number;
  /** Set when the record is unreadable; `text` is then only its first line. */
  fault: CsvFault | null;
}

const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;

/**
 * Cuts CSV text (RFC 4180, any line ends) into records, one chunk at a time.
 *
 * A stray quote costs one line, not the file: when a quoted cell never closes, or closes in the middle of text,
 * the line where the record began is handed out as faulty and cutting resumes on the next line. A plain CSV parser
 * would swallow everything up to the next quote, or to the end of the file.
 */
export class CsvSplitter {
  private pending = '';
  private scanned = 0;
  private line = 1;
  private isQuoted = false;
  private isFieldStart = true;

  /** @param maxRecordLength characters after which an open quote is taken for a stray one */
  constructor(private readonly maxRecordLength: number) {}

  /** Takes the next piece of text and answers the records it completes. */
  push(text: string): RawRecord[] {
    this.pending += text;
    return this.cut(false);
  }

  /** Says that no more text will come and answers what is left. */
  end(): RawRecord[] {
    return this.cut(true);
  }

  private cut(isFinal: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    let start = 0;
    while (start < this.pending.length) {
      const end = this.scan(start, isFinal);
      if (end === 'more') break;
      const record = typeof end === 'string' ? this.faulty(start, end) : this.sound(start, end);
      records.push(record.raw);
      start = record.next;
      this.scanned = start;
      this.isQuoted = false;
      this.isFieldStart = true;
    }
    this.pending = this.pending.slice(start);
    this.scanned -= start;
    return records;
  }

  /** Walks to the end of the record at `start`; answers its position, a fault, or `more` when text is lacking. */
  private scan(start: number, isFinal: boolean): number | CsvFault | 'more' {
    const text = this.pending;
    for (let at = Math.max(this.scanned, start); at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      this.scanned = at;
      if (this.isQuoted) {
        if (code !== QUOTE) continue;
        if (at + 1 === text.length && !isFinal) return 'more';
        const next = text.charCodeAt(at + 1);
        if (next === QUOTE) at += 1;
        else if (next === COMMA || next === LF || next === CR || at + 1 === text.length)
          this.isQuoted = false;
        else return 'text-after-quote';
      } else if (code === LF || code === CR) {
        // A carriage return at the end of a chunk may be half of a CRLF.
        return code === CR && at + 1 === text.length && !isFinal ? 'more' : at;
      } else {
        this.isQuoted = code === QUOTE && this.isFieldStart;
        this.isFieldStart = code === COMMA;
      }
    }
    if (this.isQuoted && (isFinal || text.length - start > this.maxRecordLength)) return 'unclosed-quote';
    if (isFinal) return text.length;
    this.scanned = text.length;
    return 'more';
  }

  private sound(start: number, end: number): { raw: RawRecord; next: number } {
    const text = this.pending.slice(start, end);
    const raw = { text, line: this.line, fault: null };
    this.line += 1 + countLineBreaks(text);
    return { raw, next: afterLineBreak(this.pending, end) };
  }

  private faulty(start: number, fault: CsvFault): { raw: RawRecord; next: number } {
    const end = firstLineBreak(this.pending, start);
    const raw = { text: this.pending.slice(start, end), line: this.line, fault };
    this.line += 1;
    return { raw, next: afterLineBreak(this.pending, end) };
  }
}

function firstLineBreak(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return text.length;
}

function afterLineBreak(text: string, end: number): number {
  return text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (
    let at = firstLineBreak(text, 0);
    at < text.length;
    at = firstLineBreak(text, afterLineBreak(text, at))
  )
    count += 1;
  return count;
}
