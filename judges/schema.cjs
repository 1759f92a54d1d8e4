// Checks a JSON document against a schema of a folder: node schema.cjs FOLDER SCHEMA-FILE DOCUMENT
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');

const [folder, schema, document] = process.argv.slice(2);
const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const ajv = new Ajv({ schemaId: 'id', unknownFormats: 'ignore', logger: false, allErrors: true });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const json = read(path.join(folder, file));
  ajv.addSchema({ ...json, id: json.id || 'https://json.schemastore.org/' + file });
}
if (!ajv.validate('https://json.schemastore.org/' + schema, read(document))) {
  console.error(ajv.errorsText(ajv.errors));
  process.exit(1);
}
