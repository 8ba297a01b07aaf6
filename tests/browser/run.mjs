// node run.mjs PLAN: all tests on the reports that html_browser.py has made; BROWSER_MODULES is where playwright-core is.
import { run } from './frame.mjs';
import './reading.mjs';
import './review.mjs';
import './safety.mjs';
import './look.mjs';

process.exit(await run(process.argv[2]) ? 1 : 0);
