import { mount } from '../app/app';
import { SignIn } from '../features/identity/sign-in';

mount(<SignIn linkOnly />);
