// Empty on purpose: n8n reads the `n8n` section of package.json; old tools expect the `main` file to exist.
