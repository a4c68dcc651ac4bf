//go:build wasip1

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	_ "time/tzdata" // dateInZone falls back to UTC in silence where no zones are found

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type helmOptions struct {
	ReleaseName string         `json:"releaseName"`
	Namespace   string         `json:"namespace"`
	KubeVersion string         `json:"kubeVersion"`
	APIVersions []string       `json:"apiVersions"`
	ValuesFiles []string       `json:"valuesFiles"`
	Values      map[string]any `json:"values"`
	Set         []setting      `json:"set"`
	IncludeCRDs bool           `json:"includeCrds"`
	SkipHooks   bool           `json:"skipHooks"`
	SkipTests   bool           `json:"skipTests"`
}

// helmVersion is what a released program answers; a build from source knows
// only "v4.2".
var helmVersion = func() string {
	if b, ok := debug.ReadBuildInfo(); ok {
		for _, d := range b.Deps {
			if d.Path == "helm.sh/helm/v4" {
				return d.Version
			}
		}
	}
	return common.DefaultCapabilities.HelmVersion.Version
}()

// helmTemplate does what `helm template` does, in its order.
func helmTemplate(o *order, t *tree) (*rendered, error) {
	if err := chartutil.ValidateReleaseName(o.ReleaseName); err != nil {
		return nil, badRequest{fmt.Errorf("release name check failed: release name %q: %w", o.ReleaseName, err)}
	}
	values, err := helmValues(o, t)
	if err != nil {
		return nil, err
	}
	r, err := templateRelease(o, t, values)
	if err != nil {
		return nil, err
	}
	return r.print()
}

func templateRelease(o *order, t *tree, values map[string]any) (*templated, error) {
	c, err := loadChart(t, path.Clean("/" + o.Path)[1:])
	if err != nil {
		return nil, err
	}
	if k := c.Metadata.Type; k != "" && k != "application" {
		return nil, fmt.Errorf("%s charts are not installable", k)
	}
	if err := checkDependencies(c); err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(c, values); err != nil {
		return nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	hooks, manifests, err := renderChart(o, c, values)
	if err != nil {
		return nil, err
	}
	return releaseOf(o, c, hooks, manifests), nil
}

func capabilities(o *order) (*common.Capabilities, error) {
	caps := common.DefaultCapabilities.Copy()
	caps.HelmVersion.Version = helmVersion
	if o.KubeVersion != "" {
		v, err := common.ParseKubeVersion(o.KubeVersion)
		if err != nil {
			return nil, badRequest{fmt.Errorf("kube version '%s': %w", o.KubeVersion, err)}
		}
		caps.KubeVersion = *v
	}
	caps.APIVersions = append(slices.Clip(caps.APIVersions), o.APIVersions...)
	return caps, nil
}

func renderChart(o *order, c *chart.Chart, values map[string]any) ([]*release.Hook, []releaseutil.Manifest, error) {
	caps, err := capabilities(o)
	if err != nil {
		return nil, nil, err
	}
	v, err := util.ToRenderValues(c, values, common.ReleaseOptions{Name: o.ReleaseName, Namespace: o.Namespace, Revision: 1, IsInstall: true}, caps)
	if err != nil {
		return nil, nil, err
	}
	if want := c.Metadata.KubeVersion; want != "" && !chartutil.IsCompatibleRange(want, caps.KubeVersion.String()) {
		return nil, nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", want, caps.KubeVersion.Version)
	}
	out, err := engine.Render(c, v)
	if err != nil {
		return nil, nil, err
	}
	for k := range out {
		if strings.HasSuffix(k, "NOTES.txt") {
			delete(out, k)
		}
	}
	return releaseutil.SortManifests(out, nil, releaseutil.InstallOrder)
}

// templated is what `helm template` prints, in its order.
type templated struct {
	body, hooks []document
}

type document struct{ source, text string }

func releaseOf(o *order, c *chart.Chart, hooks []*release.Hook, manifests []releaseutil.Manifest) *templated {
	r := &templated{}
	if o.IncludeCRDs {
		for _, d := range c.CRDObjects() {
			r.body = append(r.body, document{d.Filename, string(d.File.Data)})
		}
	}
	for _, m := range manifests {
		r.body = append(r.body, document{m.Name, m.Content})
	}
	for _, h := range hooks {
		if o.SkipHooks || o.SkipTests && slices.Contains(h.Events, release.HookTest) {
			continue
		}
		r.hooks = append(r.hooks, document{h.Path, h.Manifest})
	}
	return r
}

func (r *templated) text() []byte {
	var body, hooks bytes.Buffer
	for _, d := range r.body {
		fmt.Fprintf(&body, "---\n# Source: %s\n%s\n", d.source, d.text)
	}
	for _, d := range r.hooks {
		fmt.Fprintf(&hooks, "---\n# Source: %s\n%s\n", d.source, d.text)
	}
	return append(append(bytes.TrimSpace(body.Bytes()), '\n'), hooks.Bytes()...)
}

func (r *templated) print() (*rendered, error) {
	var objects objectList
	for _, d := range slices.Concat(r.body, r.hooks) {
		objects.add(d.source, d.text)
	}
	return &rendered{r.text(), objects.list}, errors.Join(objects.errors...)
}

// objectList holds every document of the printed texts as JSON.
type objectList struct {
	list   []json.RawMessage
	errors []error
}

func (l *objectList) add(source, text string) {
	r := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		doc, err := r.Read()
		if err == io.EOF {
			return
		}
		if err == nil {
			doc, err = yaml.YAMLToJSON(doc)
		}
		if err != nil {
			l.errors = append(l.errors, fmt.Errorf("%s: %w", source, err))
			return
		}
		if string(doc) != "null" {
			l.list = append(l.list, doc)
		}
	}
}
