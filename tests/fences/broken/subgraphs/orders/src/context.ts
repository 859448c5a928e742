export { viewer } from '../../../packages/testkit/src/index.js'; // shipped-code-knows-no-tests
