// The packages of Node's programs give `os` and `cpu` as text. pnpm expects arrays: without them it installs the
// programs of other systems as well.

const nodePrograms = /^node-(?:bin-)?(?:darwin|linux|win)-/

export const hooks = {
  readPackage: manifest =>
    nodePrograms.test(manifest.name)
      ? { ...manifest, os: [manifest.os].flat(), cpu: [manifest.cpu].flat() }
      : manifest,
}
