/**
 * Generated from schemas/plan.schema.json, schemas/report.schema.json, schemas/state.schema.json.
 * Do not edit: change the schema and run `npm run generate`.
 */

