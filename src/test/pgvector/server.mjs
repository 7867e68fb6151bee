// A PostgreSQL with pgvector in one process, for tests: prints its port, and ends when its standard input closes.
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const SYNC = 0x53
const QUERY = 0x51
const EXTENDED = new Set(['P', 'B', 'D', 'E', 'C', 'H'].map((type) => type.charCodeAt(0)))

// All connections share one session of the database. The socket server keeps other clients away from an open
// transaction; this keeps them away from an extended query, which ends with Sync, as well.
function wholeExchanges(database) {
  let open = false
  return new Proxy(database, {
    get(target, name) {
      if (name === 'isInTransaction') {
        return () => open || target.isInTransaction()
      }
      if (name === 'execProtocolRawStream') {
        return (message, options) => {
          if (EXTENDED.has(message[0])) {
            open = true
          } else if (message[0] === SYNC || message[0] === QUERY) {
            open = false
          }
          return target.execProtocolRawStream(message, options)
        }
      }
      const value = target[name]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

// An extension called "none" in place of vector makes a server without it.
const extensions = process.argv[2] === 'none' ? {} : { vector }
const database = await PGlite.create({ extensions })
const server = new PGLiteSocketServer({ db: wholeExchanges(database), host: '127.0.0.1', port: 0, maxConnections: 8 })
server.addEventListener('listening', (event) => console.log(`port ${event.detail.port}`))
await server.start()

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
