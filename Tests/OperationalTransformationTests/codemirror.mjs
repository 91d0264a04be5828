// Reads cases, one JSON a line, and answers what CodeMirror's own ChangeSet makes of each.
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'

const { ChangeSet, Text } = await import(pathToFileURL(process.argv[2]))

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { text, a, b, c, positions } = JSON.parse(line)
  const document = Text.of(text.split('\n'))
  const [first, other, next] = [a, b, c].map((json) => ChangeSet.fromJSON(json))
  process.stdout.write(JSON.stringify([
    first, other, next,
    first.apply(document).toString(),
    first.map(other),
    first.map(other, true),
    other.map(first),
    first.compose(next),
    first.invert(document),
    positions.map((position) => [first.mapPos(position, -1), first.mapPos(position, 1)]),
  ]) + '\n')
}
