import type { Words } from './words.ts';

export const en: Words = {
  severity: { error: 'error', warning: 'warning' },
  sections: {
    requested: 'Asked for in the YAML',
    drift: 'Changed outside: put back as declared',
    unapplied: 'Declared before, never applied',
    vanished: 'Gone from the target though nobody asked for it',
    moved: 'Moved',
    adopted: 'Already there: becomes ours',
    released: 'Released: stays there, no longer ours',
  },
  kinds: { extension: 'extension', account: 'account' },
  kindCounts: {
    extension: { one: '{n} extension', other: '{n} extensions' },
    account: { one: '{n} account', other: '{n} accounts' },
  },
  blocks: {
    'needs-delete-consent': {
      reason: 'a deletion without consent',
      wayOut: 'If all deletions of this run ({count}) are meant, repeat with `--allow-delete {count}`.',
    },
    'delete-limit': {
      reason: 'too many deletions at once',
      wayOut:
        '{count} of {managed} objects of {scope} would be deleted or have vanished; the limit is {limit} %. If that is meant, repeat with `--override-limits "reason"`.',
    },
    'change-limit': {
      reason: 'too many changes at once',
      wayOut:
        '{count} of {managed} objects of {scope} would change; the limit is {limit} %. If that is meant, repeat with `--override-limits "reason"`.',
    },
    'all-gone': {
      reason: 'everything of the target would be deleted',
      wayOut:
        'All {count} objects on {target} would be deleted. If the client is leaving, declare `status: baja` in its client.yaml.',
    },
    'all-gone-vanished': {
      reason: 'everything is gone from the target',
      wayOut:
        'None of our {count} objects is left on {target}. Check that it is the right box and tenant and that it was not reset. If they must be created again, repeat with `--recreate {recreate}`.',
    },
    protected: {
      reason: 'the YAML protects it',
      wayOut: 'It carries `protect: true`. Remove that line in a change of its own before deleting it.',
    },
    referenced: {
      reason: 'still in use',
      wayOut: 'It is still referred to by {by}. Change that first.',
    },
    'needs-adopt': {
      reason: 'exists there with other values',
      wayOut:
        'It is on the target already and differs in {fields}. To take it over with the declared values, write `adopt: true` on its line; to keep what is there, change the YAML.',
    },
    'needs-secret-consent': {
      reason: 'its secret must be replaced too',
      wayOut:
        'What is there belongs to another account, and so does its password: with the new names it would fail, and its address be banned. To replace both, write `adopt: { secrets: true }` on its line.',
    },
    'target-unreadable': {
      reason: 'the target could not be read',
      wayOut:
        'Nothing is written to a target that could not be read first. Solve the problem shown for it and repeat.',
    },
    'target-objects': {
      reason: 'the target cannot take it',
      wayOut: '{target} has told what it can take, and this is not it: see the error shown for this address.',
    },
    'depends-on-blocked': {
      reason: 'waits for another change',
      wayOut: 'It comes after {on}, which does not happen now. It follows as soon as that one is done.',
    },
    'strands-devices': {
      reason: 'phones would be cut off',
      wayOut:
        'These accounts cannot be given the new secret now and would stop working until a person acts: {devices}. Wait until they can be reached, or repeat with `--accept-outage "reason"`.',
    },
    'still-desired': {
      reason: 'another client may declare it',
      wayOut:
        'The files of another client have errors, and it may declare this object: it is not deleted. Correct those files and repeat.',
    },
    'not-approved': {
      reason: 'not in the approved plan',
      wayOut:
        'The approved plan does not hold this change in this form. Make a new plan and have it approved.',
    },
  },
  unverifiable: {
    'not-shown': 'the target never shows it',
    'no-fingerprint-key': 'the key to compare secrets is not at hand',
    'never-applied': 'adopted without replacing it',
    attested: 'a person vouched for it',
    published: 'published; nothing tells whether the phone has fetched it',
    'no-marker': 'its value or the key to compare it is not at hand',
  },
  status: {
    unreachable: 'not reachable now',
    failed: 'could not be read',
    guided: 'worked by hand: it has no API we use',
    skipped: 'not looked at in this run',
  },
  plan: {
    title: 'Plan',
    none: 'No changes. The targets have what the YAML declares.',
    noneUnread: 'No changes found, but not every target could be read.',
    unchangedClients: { one: '{n} client without changes', other: '{n} clients without changes' },
    partial: 'Partial plan: `--client`, `--target`, `--exclude` or `--since` leaves something out.',
    create: { one: '{n} to create', other: '{n} to create' },
    update: { one: '{n} to change', other: '{n} to change' },
    delete: { one: '{n} to delete', other: '{n} to delete' },
    blockedCount: { one: '{n} blocked', other: '{n} blocked' },
    stateOnly: { one: '{n} in the state of Alta only', other: '{n} in the state of Alta only' },
    changes: { one: '{n} change', other: '{n} changes' },
    deferred: { one: '{n} deferred', other: '{n} deferred' },
    pending: { one: '{n} waiting for a person', other: '{n} waiting for a person' },
    unverifiable: { one: '{n} not verifiable', other: '{n} not verifiable' },
    actions: {
      create: 'create',
      update: 'change',
      delete: 'delete',
      record: 'in the state of Alta only: nothing is written to the target',
      forget: 'in the state of Alta only: it stays on the target',
    },
    blocked: 'blocked',
    blockedTitle: {
      one: 'Blocked: {n} change will not be made',
      other: 'Blocked: {n} changes will not be made',
    },
    guided: 'by hand',
    guidedField: 'by hand',
    later: 'deferred',
    publishedChange: 'published: waits until the phone fetches it',
    deferredChange: 'deferred: the target is not reachable now',
    since: 'outstanding since {since}',
    sinceDays: {
      one: 'outstanding for {n} day, since {since}',
      other: 'outstanding for {n} days, since {since}',
    },
    strands: 'these stop working until a person acts: {accounts}',
    previously: 'before: {address}',
    secret: '(secret)',
    unknown: '(known after apply)',
    absent: '(not set)',
    goesBack: 'goes back to an older version',
    republished: 'the file is written again',
    unconfirmed: 'an earlier run could not confirm it',
    driftField: 'changed outside',
    wholeObject: 'everything',
    foreign: { one: '{n} foreign object, left alone', other: '{n} foreign objects, left alone' },
    more: { one: 'and {n} more', other: 'and {n} more' },
    notCompared: {
      one: '{field} not compared on {n} object: {why}',
      other: '{field} not compared on {n} objects: {why}',
    },
    commitAfterWrites:
      'The run ends with the target’s own Apply. It also activates whatever a colleague saved there and has not applied.',
    commitPending:
      'An earlier run saved changes here without the target’s own Apply. This run ends with it; it also activates whatever a colleague saved there.',
    insecure: 'Spoken to over http, without encryption. Declared reason: {reason}',
    details: 'details',
    target: 'Target',
    what: 'Object',
    change: 'Change',
    note: 'Note',
    warnings: 'Mind',
    problems: 'Problems found',
    leftOut: {
      one: '{n} line left out for lack of room. The whole plan is in the job’s output.',
      other: '{n} lines left out for lack of room. The whole plan is in the job’s output.',
    },
    digest: 'Digest of the plan',
  },
  forms: {
    title: { one: 'By hand in the panel: {n} step', other: 'By hand in the panel: {n} steps' },
    actions: { create: 'create', update: 'change', delete: 'delete' },
    open: 'Open',
    set: 'Enter',
    press: 'Press',
    secret: 'the secret {name} of secrets.yaml',
    attest: 'When it is done: `alta attest {address}`',
  },
  apply: {
    title: 'Apply',
    results: {
      done: 'done',
      failed: 'failed',
      blocked: 'blocked',
      deferred: 'deferred',
      pending: 'by hand',
      skipped: 'not done',
      recorded: 'recorded',
      unconfirmed: 'not confirmed',
    },
    resultCounts: {
      done: { one: '{n} done', other: '{n} done' },
      failed: { one: '{n} failed', other: '{n} failed' },
      blocked: { one: '{n} blocked', other: '{n} blocked' },
      deferred: { one: '{n} deferred', other: '{n} deferred' },
      pending: { one: '{n} waiting for a person', other: '{n} waiting for a person' },
      skipped: { one: '{n} not done', other: '{n} not done' },
      recorded: { one: '{n} recorded', other: '{n} recorded' },
      unconfirmed: { one: '{n} written but not confirmed', other: '{n} written but not confirmed' },
    },
    done: { create: 'created', update: 'changed', delete: 'deleted', record: 'recorded', forget: 'released' },
    todo: { create: 'create', update: 'change', delete: 'delete', record: 'record', forget: 'release' },
    written: {
      nothing: 'Nothing was written to the target.',
      something: 'A part was written to the target.',
      unknown: 'It is not known whether anything was written; the next run finds out by reading.',
    },
    commit: {
      done: 'The target’s own Apply: done.',
      failed:
        'The target’s own Apply failed: the changes are saved there but not in effect. The next run repeats it.',
      'not-needed': '',
      skipped: 'The target’s own Apply was not reached: the changes are saved there but not in effect.',
    },
    converged: 'Read again: what was written is there.',
    remaining: {
      one: 'Read again: {n} object still differs.',
      other: 'Read again: {n} objects still differ.',
    },
    notReread: 'Not read again after the apply.',
    state: {
      saved: 'State saved.',
      unchanged: 'State unchanged.',
      errored: 'The state could not be saved; it stands in errored.state.json. Do not delete that file.',
      'not-written': 'State not written.',
    },
    interrupted:
      'Interrupted: the step under way was finished, the rest was not started. Repeat the command to go on.',
    override: 'The safety limits were lifted. Reason given: {reason}',
    nothing: 'Nothing to apply.',
    result: 'Result',
  },
  verify: {
    title: 'Verification',
    checks: {
      configuration: 'Configuration',
      registration: '1. Registration',
      call: '2. Test calls',
      'call-flow': '3. Call flow',
      'outbound-caller-id': '4. Outgoing caller ID',
      'internal-name': '5. Name on internal calls',
    },
    results: {
      passed: 'passed',
      failed: 'FAILED',
      unknown: 'not known',
      manual: 'to be checked by a person',
      'not-expected': 'not registered (not expected)',
    },
    resultCounts: {
      passed: { one: '{n} passed', other: '{n} passed' },
      failed: { one: '{n} failed', other: '{n} failed' },
      unknown: { one: '{n} not known', other: '{n} not known' },
      manual: { one: '{n} to be checked by a person', other: '{n} to be checked by a person' },
      'not-expected': {
        one: '{n} not registered and not expected',
        other: '{n} not registered and not expected',
      },
    },
    manualNote: 'What a person must check does not count as passed.',
    nothing: 'Nothing to verify.',
    evidence: 'Evidence',
    expects: 'expected: {accounts}',
    seen: { 'pbx-only': 'only seen from the PBX' },
  },
};
