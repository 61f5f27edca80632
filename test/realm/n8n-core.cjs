module.exports = globalThis.outside.require('n8n-core');
