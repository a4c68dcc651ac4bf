import type { z } from 'zod';
import type { Control } from './control-register.ts';

/** Nobody has said yet whose a control is, or how it runs: `control list` names what is missing. */
export const unassigned = 'unassigned';

type FirstControl = Pick<z.input<typeof Control>, 'name' | 'control' | 'replacedBy'>;

/** The controls of a script-driven deployment that must not get weaker, as every adoption begins: each with what takes its place. */
export const firstControls: readonly FirstControl[] = [
  {
    name: 'release-profile-contract',
    control: 'the release fits the profile of its environment before it is deployed',
    replacedBy: { rule: 'fairlead profile resolve: the contract of profile, environment and release', record: 'gate' },
  },
  {
    name: 'release-manifest-fan-in',
    control: 'the digests of all builds are joined to one release manifest',
    replacedBy: { rule: 'fairlead release assemble: conflicting or missing components are refused', record: 'release-manifest' },
  },
  {
    name: 'manifest-only-deploy',
    control: 'a deployment takes its images from the release manifest alone',
    replacedBy: { rule: 'fairlead promote: a change of the environment path that names one release', record: 'promotion-plan' },
  },
  {
    name: 'live-digest-checks',
    control: 'images are fresh, and what runs has the digests of the release',
    replacedBy: { rule: 'image-not-in-release, and the liveDigests check after each delivery', record: 'live-digests' },
  },
  {
    name: 'remote-validation',
    control: 'validation phases run after the deployment, and each can be run again alone',
    replacedBy: { rule: 'validation phases after a healthy sync, each with fairlead validation rerun', record: 'validation' },
  },
  {
    name: 'evidence-bundle',
    control: 'an evidence bundle is kept of manifest, live images, smoke tests and exceptions',
    replacedBy: { rule: 'fairlead bundle export: one signed bundle for each promotion', record: 'bundle-manifest' },
  },
  {
    name: 'promotion-branch',
    control: 'promotions go by a branch, from one exact source commit and manifest',
    replacedBy: { rule: 'release-source and release-manifest.ref: one release from a protected branch', record: 'merge' },
  },
];
