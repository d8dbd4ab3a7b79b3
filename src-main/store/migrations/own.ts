import type { Migration } from '../migrate.ts'

/**
 * desk-own.db: what only this desk knows and no centre can give back. Small, and synced to the disk at every commit.
 */
export const OWN_MIGRATIONS: readonly Migration[] = [
  {
    version: 10,
    what: 'commands, drafts and settings',
    up: (db) =>
      db.exec(`
        -- waiting -> (answered: deleted) | refused -> discarded; a retry makes a new command and deletes the refused one
        create table command (
          seq integer primary key autoincrement,
          commandId text not null unique,
          type text not null,
          conversationId text,
          json text not null,
          at real not null,
          state text not null check (state in ('waiting', 'refused', 'discarded')),
          code text,
          field text,
          detail text
        ) strict;
        create index command_state on command (state, seq);
        create index command_conversation on command (conversationId, seq);
        create table draft (
          conversationId text primary key,
          text text not null,
          at real not null
        ) strict, without rowid;
        create table setting (
          name text primary key,
          json text not null
        ) strict, without rowid;`)
  },
  {
    version: 20,
    what: 'how far each conversation was read',
    up: (db) =>
      db.exec(`
        create table read_mark (
          conversationId text primary key,
          deskSeq integer not null
        ) strict, without rowid;`)
  },
  {
    version: 30,
    what: 'the phone: its settings with their secrets, the presence I wait for, and the dialogs that are up',
    up: (db) =>
      db.exec(`
        create table phone (
          -- settings | wish
          name text primary key,
          json text not null
        ) strict, without rowid;
        create table dialog (
          callId text primary key,
          json text not null,
          savedAt real not null
        ) strict, without rowid;`)
  },
  {
    version: 40,
    what: 'calls between colleagues, which are nobody’s contact and which the centre does not keep',
    up: (db) =>
      db.exec(`
        create table inside_call (
          answeredAt real not null,
          number text not null,
          callId text not null,
          direction text not null,
          name text not null,
          endedAt real,
          primary key (answeredAt, number)
        ) strict, without rowid;
        create index inside_call_up on inside_call (endedAt) where endedAt is null;`)
  }
]
