/** Files of one folder, by path. */
export type Files = Readonly<Record<string, string>>;

const objectsInFile = 10;

function objectText(number: number): string {
  const name = `web-${String(number)}`;
  if (number % 2 === 0) {
    return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  mode: "plain"\n  listen: 0.0.0.0:${String(8000 + number)}\n`;
  }
  return [
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels: {app: ${name}}\nspec:\n  replicas: 2`,
    `  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers:`,
    `        - name: web\n          image: registry.example.com/shop/web:1.0\n          envFrom: [{configMapRef: {name: web-${String(number - 1)}}}]`,
    '          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}\n',
  ].join('\n');
}

/** `round` is a label of every object: another one is another render. */
export function overlayOf(count: number, round: string): Files {
  const files: Record<string, string> = {};
  for (let first = 0; first < count; first += objectsInFile) {
    const numbers = Array.from({ length: Math.min(objectsInFile, count - first) }, (_, index) => first + index);
    files[`part-${String(first)}.yaml`] = numbers.map(objectText).join('---\n');
  }
  const digest = `sha256:${'a'.repeat(64)}`;
  const kustomization = [
    `resources: [${Object.keys(files).join(', ')}]\nnamespace: shop\nlabels: [{pairs: {round: "${round}"}}]`,
    `images: [{name: registry.example.com/shop/web, digest: "${digest}"}]\n`,
  ].join('\n');
  return { ...files, 'kustomization.yaml': kustomization };
}

export function chartOf(count: number, round: string): Files {
  const template = [
    '{{- range $number := until (int .Values.count) }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ $.Release.Name }}-{{ $number }}',
    '  namespace: {{ $.Release.Namespace }}\n  labels: {{- include "labels" $ | nindent 4 }}',
    'data:\n  mode: {{ $.Values.mode | quote }}\n  listen: {{ printf "0.0.0.0:%d" (add 8000 $number) | quote }}\n{{- end }}\n',
  ].join('\n');
  return {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: "1.0"\n',
    'values.yaml': `count: ${String(count)}\nmode: plain\nround: "${round}"\n`,
    'templates/_labels.tpl':
      '{{- define "labels" -}}\napp: {{ .Chart.Name }}\nversion: {{ .Chart.AppVersion | quote }}\nround: {{ .Values.round | quote }}\n{{- end }}\n',
    'templates/objects.yaml': template,
  };
}
