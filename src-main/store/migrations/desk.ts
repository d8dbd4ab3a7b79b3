import type { Migration } from '../migrate.ts'

/**
 * desk.db: the log of this desk and everything derived from it. All of it can be had again from the centre.
 * Times are REAL epoch ms (SQLite keeps whole ones as integers on disk). `entry.rowId` and `conversation.rowId` are built from
 * the time (see projections/time-row.ts), so that the newest are found without sorting, in the search index too.
 */
export const DESK_MIGRATIONS: readonly Migration[] = [
  {
    version: 10,
    what: 'the log and the cursor',
    up: (db) =>
      db.exec(`
        create table log (
          deskSeq integer primary key,
          id text not null,
          type text not null,
          version integer not null,
          at real not null,
          conversationId text,
          json text not null,
          -- why it was not applied: unknown type or version, invalid data; null when it was
          kept text
        ) strict;
        create table cursor (
          one integer primary key check (one = 1),
          deskSeq integer not null
        ) strict;
        insert into cursor values (1, 0);`)
  },
  {
    version: 20,
    what: 'what the log means',
    up: (db) =>
      db.exec(`
        create table conversation (
          rowId integer primary key,
          conversationId text not null unique,
          customerId text not null,
          channel text not null,
          queue text not null,
          language text not null,
          reason text not null,
          intent text,
          alert text,
          state text not null,
          ownerId text,
          verification text not null default 'none',
          openedAt real not null,
          assignedAt real,
          endedAt real,
          closedAt real,
          disposition text,
          wrapUpNote text
        ) strict;
        create index conversation_owner on conversation (ownerId, state, rowId);
        create index conversation_customer on conversation (customerId, state);

        create table entry (
          rowId integer primary key,
          entryId text not null unique,
          conversationId text not null,
          customerId text,
          deskSeq integer not null,
          kind text not null,
          speaker text not null,
          personId text,
          text text not null,
          "values" text,
          at real not null,
          intent text,
          mood text,
          correctedMood text,
          findings text
        ) strict;
        create index entry_conversation on entry (conversationId);
        create index entry_customer on entry (customerId);
        create index entry_speaker on entry (conversationId, speaker, deskSeq);

        create table call (
          callId text primary key,
          conversationId text not null,
          personId text not null,
          state text not null,
          startedAt real not null,
          answeredAt real,
          endedAt real,
          lastSeenAt real not null,
          heardRms real,
          digits text not null default ''
        ) strict, without rowid;
        create index call_conversation on call (conversationId, startedAt);
        create index call_up on call (state, personId) where state in ('up', 'held');

        create table customer (
          rowId integer primary key,
          customerId text not null unique,
          name text not null,
          phone text not null,
          json text not null
        ) strict;
        create index customer_name on customer (name collate nocase);

        create table article (
          rowId integer primary key,
          articleId text not null unique,
          revision integer not null,
          language text not null,
          title text not null,
          json text not null
        ) strict;

        create table offer (
          offerId text primary key,
          conversationId text not null,
          personId text not null,
          summary text not null,
          offeredAt real not null,
          expiresAt real not null,
          outcome text
        ) strict, without rowid;
        create index offer_open on offer (personId, offeredAt) where outcome is null;
        create index offer_conversation on offer (conversationId);

        create table alert (
          alertId text primary key,
          conversationId text,
          kind text not null,
          text text not null,
          at real not null,
          resolvedAt real
        ) strict, without rowid;
        create index alert_conversation on alert (conversationId, at);

        create table presence (
          personId text primary key,
          presence text not null,
          reason text,
          since real not null
        ) strict, without rowid;

        create table rating (
          conversationId text not null,
          articleId text not null,
          personId text not null,
          outcome text not null,
          at real not null,
          primary key (conversationId, articleId)
        ) strict, without rowid;

        -- the centre's answers, so that an outbox that missed the last commit can catch up at the next start
        create table answer (
          commandId text primary key,
          accepted integer not null,
          code text,
          field text,
          detail text,
          at real not null
        ) strict, without rowid;

        create table snapshot (
          name text primary key,
          at real not null,
          json text not null
        ) strict, without rowid;
        create table interval (
          queue text not null,
          startAt real not null,
          json text not null,
          primary key (startAt, queue)
        ) strict, without rowid;
        create table mood_cell (
          queue text not null,
          startAt real not null,
          json text not null,
          primary key (startAt, queue)
        ) strict, without rowid;`)
  },
  {
    version: 30,
    what: 'search',
    up: (db) => {
      // Contentless: the words are in the tables above; the index holds tokens made by search/tokens.ts only.
      for (const kind of ['entry', 'conversation', 'customer', 'article'])
        db.exec(
          `create virtual table ${kind}_search using fts5(tokens, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2")`
        )
      // What came before the index is put into it by the rebuild that open.ts runs when it finds this mark.
      db.exec(`insert into snapshot values ('rebuild', 0, '{}')`)
    }
  },
  {
    version: 40,
    what: 'names of staff',
    up: (db) =>
      db.exec(`
        create table person (
          personId text primary key,
          -- the name in each language of the app
          name text not null
        ) strict, without rowid;`)
  },
  {
    version: 50,
    what: 'lines of the timeline that say what happened',
    // They come from events that are in the log already: the rebuild makes them.
    up: (db) => db.exec(`insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing`)
  },
  {
    version: 60,
    what: 'the softphone: which way a call went, what its recorder and its media did, and promised call-backs',
    up: (db) =>
      db.exec(`
        alter table conversation add column direction text not null default 'in';
        alter table conversation add column callbackId text;

        alter table call add column direction text not null default 'in';
        -- as it was dialled or shown; null where the customer's own number says it
        alter table call add column number text;
        alter table call add column slot text;
        alter table call add column talkMs real;
        -- on | paused | ended, as the recorder confirmed it
        alter table call add column recordingState text;
        alter table call add column recordingUntil real;
        alter table call add column recordingReason text;
        -- the whole recording, once it is complete
        alter table call add column recording text;
        alter table call add column quality text;
        create index call_person on call (personId, startedAt);
        create index call_recording on call (recording ->> '$.recordingId') where recording is not null;
        create index call_talked on call (startedAt) where state = 'ended' and answeredAt is not null;

        create table recording_gap (
          callId text not null,
          fromAt real not null,
          toAt real,
          reason text not null,
          endedBy text,
          primary key (callId, fromAt)
        ) strict, without rowid;

        create table callback (
          callbackId text primary key,
          conversationId text,
          customerId text,
          name text not null,
          phone text not null,
          queue text not null,
          personId text,
          at real not null,
          note text not null,
          outcome text
        ) strict, without rowid;
        create index callback_open on callback (at) where outcome is null;

        insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing;`)
  },
  {
    version: 70,
    what: 'how colleagues are shown',
    // Told by snapshots, which are in no log: a rebuild leaves it as it is.
    up: (db) =>
      db.exec(`
        create table colleague (
          personId text primary key,
          presence text not null,
          since real not null,
          onCall integer not null
        ) strict, without rowid;`)
  },
  {
    version: 80,
    what: 'what the person who takes over is given',
    up: (db) =>
      db.exec(`
        -- the newest of each conversation
        create table handoff (
          conversationId text primary key,
          at real not null,
          json text not null
        ) strict, without rowid;
        insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing;`)
  },
  {
    version: 90,
    what: 'what shows a risk, what became of it, and a check by one-time code',
    up: (db) =>
      db.exec(`
        -- JSON of the evidence; cleared or fraud
        alter table alert add column evidence text;
        alter table alert add column outcome text;
        -- the event that raised it; others with the same id brought evidence
        alter table alert add column firstId text;
        -- JSON of the newest state; null when none is under way
        alter table conversation add column code text;
        insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing;`)
  },
  {
    version: 100,
    what: 'questions that nothing in the knowledge base answers',
    up: (db) =>
      db.exec(`
        create table gap (
          gapId text primary key,
          state text not null,
          json text not null
        ) strict, without rowid;
        create index gap_state on gap (state);
        insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing;`)
  },
  {
    version: 110,
    what: 'what may be offered or reminded of',
    up: (db) =>
      db.exec(`
        -- JSON of the newest advice
        alter table conversation add column advice text;
        insert into snapshot values ('rebuild', 0, '{}') on conflict (name) do nothing;`)
  }
]
