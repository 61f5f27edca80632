// The nodes of the package as workflows name them.

export const PACKAGE = 'n8n-nodes-send-contact';
export const NODE_TYPE = `${PACKAGE}.sendContact`;
/** Send Contact as n8n makes a tool of it. */
export const TOOL_TYPE = `${NODE_TYPE}Tool`;
export const VCARD_TYPE = `${PACKAGE}.vCard`;
