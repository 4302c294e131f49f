import { describe, expect, test } from 'vitest';
import { bench, person, shown, strong } from './fixture.ts';

async function withOne(wanted: Parameters<typeof bench>[0] = {}) {
  const made = await bench(wanted);
  await made.api('ext.add', person('118', { password: strong('user') }));
  const edit = async (params: Record<string, string>) =>
    (await made.api('ext.edit', { server: '169', id: '10', ...params })).json;
  return { ...made, edit };
}

describe('ext.edit', () => {
  test('changes what is sent and leaves the rest', async () => {
    const { edit, box } = await withOne();
    const before = box.saved()['118'];
    expect(await edit({ name: 'Bea Gil', voicemail: '0' })).toEqual({
      success: 'Extension ID: 10',
      id: '10',
      ext: 118,
    });
    expect(box.saved()['118']).toEqual({ ...before, name: 'Bea Gil', voicemail: '0' });
  });

  test('the shown caller name follows the name', async () => {
    const { edit, api } = await withOne();
    await edit({ name: 'Bea' });
    expect((await shown(api, '118')).options.callerid).toBe('Bea <118>');
  });

  test('the same values again are a success', async () => {
    const { edit } = await withOne();
    expect((await edit({ name: 'Ana Núñez' })).error).toBeUndefined();
  });

  test.each([
    [{ pin: '12' }, "Required field 'pin=12' contains invalid data (Regex: /^\\d{4,4}$/)"],
    [{ email: '' }, "Required field 'email=' contains"],
    [{ secret: 'Weakweak' }, 'Error editing extension: secret: '],
    [{ ua: '24' }, 'Error editing extension: ua: '],
    [{ outgoinglimit: '1000' }, 'Error editing extension: outgoinglimit: '],
  ])('%j is refused and nothing is written', async (params, error) => {
    const { edit, box } = await withOne();
    const before = box.saved();
    expect((await edit({ name: 'Bea', ...params })).error).toContain(error);
    expect(box.saved()).toEqual(before);
  });

  test('wants server and id', async () => {
    const { api } = await withOne();
    expect((await api('ext.edit', { id: '10' })).json.error).toBe("Required field 'server' is missing");
    expect((await api('ext.edit', { server: '169', name: 'Bea' })).json.error).toBe(
      "Required field 'id' is missing",
    );
    expect((await api('ext.edit', { server: '169', id: '118' })).json.error).toBe('No such extension');
  });

  test('the number in place of the id, in doubt', async () => {
    const strict = await withOne();
    const byNumber = { server: '169', ext: '118', name: 'Bea' };
    expect((await strict.api('ext.edit', byNumber)).json.error).toBe("Required field 'id' is missing");
    const lax = await withOne({ doubts: { editByNumber: true } });
    expect((await lax.api('ext.edit', byNumber)).json.id).toBe('10');
  });

  test('another number beside the id is ignored, in doubt taken', async () => {
    const strict = await withOne();
    await strict.edit({ ext: '119' });
    expect(Object.keys(strict.box.saved())).toEqual(['118']);
    const lax = await withOne({ doubts: { editNumber: 'renumbers' } });
    expect((await lax.edit({ ext: '900' })).error).toContain('reserved by (IVR)');
    await lax.edit({ ext: '119' });
    expect(lax.box.saved()['119']).toMatchObject({ id: '10', username: '301119' });
  });

  test('a blank optional value is invalid, in doubt it clears', async () => {
    const strict = await withOne();
    expect((await strict.edit({ department: '' })).error).toContain("'department=' contains invalid data");
    const lax = await withOne({ doubts: { blankOptional: 'clears' } });
    await lax.edit({ department: '4' });
    expect((await lax.edit({ department: '' })).error).toBeUndefined();
    expect((await lax.edit({ name: '' })).error).toContain("'name='");
    expect(lax.box.saved()['118']?.department).toBe('');
  });

  test('a new user password leaves a mark', async () => {
    const { edit, box } = await withOne();
    const before = box.saved()['118']?.user_password;
    await edit({ password: strong('other') });
    expect(box.saved()['118']?.user_password).not.toBe(before);
  });
});

describe('ext.delete', () => {
  test('by id, and frees the number', async () => {
    const { api, box } = await withOne();
    expect((await api('ext.delete', { server: '169', id: '10' })).json).toEqual({
      success: 'Deleted Extension ID 10 successfully.',
    });
    expect(box.saved()).toEqual({});
    expect((await api('ext.add', person('118'))).json).toMatchObject({ id: '11', ext: 118 });
  });

  test('not by number, not twice, not from another tenant', async () => {
    const { api } = await withOne();
    const gone = { error: 'No such extension' };
    expect((await api('ext.delete', { server: '169', ext: '118' })).json.error).toBe(
      "Required field 'id' is missing",
    );
    expect((await api('ext.delete', { server: '203', id: '10' })).json).toEqual(gone);
    await api('ext.delete', { server: '169', id: '10' });
    expect((await api('ext.delete', { server: '169', id: '10' })).json).toEqual(gone);
  });
});
