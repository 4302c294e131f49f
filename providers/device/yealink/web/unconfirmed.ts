/** What of the web interface was never seen on a live phone, one line each. */
export const unconfirmed: readonly string[] = [
  'Which firmware has which login of the servlet (b0, b1, b2): told by the form, and by the firmware where the form does not tell.',
  'Export, import and status pages of V80 and V81 (b0): asked as of later builds first, then without modules; its import is untried.',
  'That importing a partial file over the servlet works on V84 (b1): seen on the T30 series only.',
  'The form field of an import over the JSON interface (`CFGConfigUpload`), and that a partial file changes only its own keys there.',
  'That an import takes effect without another step (`applycacheconfig`).',
  'The logout of the servlet, and whether a session that is never logged out blocks others for long.',
  'How the phone says that a session has ended: 401, 403, a way to the login, `auth_…` and some words of `webStatus` are taken for it.',
  'The unit of `lockTime`: shown as it comes.',
  'How the servlet says that another administrator is logged in.',
  'Whether a call is under way cannot be asked of the servlet: an import may meet one there.',
  'That a whole export ends with a line feed: one that does not is taken as cut off.',
  'Which of several MACs on the status page of the servlet is the phone’s: where that is not clear, nothing is written.',
  'Status code 3 (registration failed); while a line is registering (1) its status is unknown.',
  'The web page before V80 (HTTP Basic) is recognised and refused: what its export holds is not known.',
];
