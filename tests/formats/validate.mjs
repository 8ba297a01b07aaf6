// Validates JSON files against a schema: node validate.mjs MODULES SCHEMA FILE…; one line for each fault.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const [modules, schema, ...files] = process.argv.slice(2);
const require = createRequire(modules + '/x.js');
const Ajv = require('ajv/dist/2020').default, addFormats = require('ajv-formats').default;
const ajv = new Ajv({allErrors: true, strict: false});
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
for (const file of files) {
    if (!validate(JSON.parse(readFileSync(file, 'utf8'))))
        for (const e of validate.errors.slice(0, 10))
            console.log(`${file}: ${e.instancePath}: ${e.message} ${JSON.stringify(e.params)}`);
}
