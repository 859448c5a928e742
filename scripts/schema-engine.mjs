#!/usr/bin/env node
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  process.stderr.write(line.slice(0, 2000)+'\n');
}
